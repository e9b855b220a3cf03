import { entities } from './entities.ts'
import { readMigrationEnv } from './env.ts'
import { createOrm } from './platform/database/createOrm.ts'
import { migrateDatabase } from './platform/database/migrateDatabase.ts'

const { databaseUrl } = readMigrationEnv()
await migrateDatabase((url) => createOrm({ url, entities }), databaseUrl)

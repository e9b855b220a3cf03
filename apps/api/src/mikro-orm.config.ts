import { entities } from './entities.ts'
import { readMigrationEnv } from './env.ts'
import { createOrm } from './platform/database/createOrm.ts'

/** For the mikro-orm command line, which writes new migrations. */
export default createOrm({ url: readMigrationEnv().databaseUrl, entities }).config

import { join } from 'node:path'
import { findFreePort } from '@wellness/embedded/freePort'
import { environment } from '../env.ts'

/** The environment of a product of its own: another data folder, free ports, and nothing of what the developer has set. */
export async function isolatedEnv(dataDir: string): Promise<NodeJS.ProcessEnv> {
  return {
    PATH: environment.PATH,
    HOME: environment.HOME,
    DATA_DIR: dataDir,
    // What a developer keeps in .env, such as the address of a database, is no business of tests.
    ENV_FILE: join(dataDir, 'none'),
    WEB_PORT: String(await findFreePort()),
    API_PORT: String(await findFreePort()),
    MAILBOX_PORT: String(await findFreePort()),
    MAILBOX_SMTP_PORT: String(await findFreePort()),
    POSTGRES_PORT: String(await findFreePort()),
    REDIS_PORT: String(await findFreePort()),
  }
}

import { environment } from '../env.ts'
import { findPrograms } from './findPrograms.ts'
import { runToEnd } from './runToEnd.ts'

/** Brings a database up to date, from the sources. */
export async function migrate(databaseUrl: string): Promise<void> {
  const env = { ...environment, DATABASE_URL: databaseUrl, DATABASE_URL_UNPOOLED: databaseUrl }
  await runToEnd({ name: 'The migration', ...findPrograms('development').migrate, env })
}

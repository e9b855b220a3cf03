import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from '@wellness/env/parseEnv'
import { variables } from '@wellness/env/variables'
import { z } from 'zod'
import { environment } from './env.ts'

const root = resolve(import.meta.dirname, '..')

const port = (standard: number, purpose: string) =>
  variables
    .port()
    .refine((port) => port > 0, 'must be a port number from 1 to 65535, since others have to find it')
    .default(standard)
    .meta({ purpose: `the port of ${purpose}`, example: String(standard) })

const schema = z.object({
  WEB_PORT: port(3000, 'the web app'),
  API_PORT: port(4000, 'the API'),
  MAILBOX_PORT: port(1080, 'the page that shows the mail'),
  MAILBOX_SMTP_PORT: port(1025, 'the local mail server'),
  POSTGRES_PORT: port(54320, 'the embedded PostgreSQL'),
  REDIS_PORT: port(63790, 'the local Redis'),
  DATA_DIR: z
    .string()
    .default('.data')
    .transform((folder) => resolve(root, folder))
    .meta({ purpose: 'the folder that keeps data, logs and generated secrets', example: '.data' }),
})

export type Ports = Omit<z.output<typeof schema>, 'DATA_DIR'>

export interface Settings {
  dataDir: string
  ports: Ports
  /** The environment with what .env adds to it. */
  env: NodeJS.ProcessEnv
}

/** What the person who runs the product may choose. */
export function readSettings(): Settings {
  const file = environment.ENV_FILE || join(root, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
  const { DATA_DIR, ...ports } = parseEnv(schema, environment, { name: 'The product' })
  return { dataDir: DATA_DIR, ports, env: environment }
}

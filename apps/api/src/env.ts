import { parseEnv } from '@wellness/env/parseEnv'
import { variables } from '@wellness/env/variables'
import { z } from 'zod'

const schema = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'], 'must be development, test or production')
    .default('production')
    .meta({ purpose: 'how strict and how talkative the process is', example: 'production' }),
  API_HOST: z
    .string()
    .default('127.0.0.1')
    .meta({ purpose: 'the network address the API listens on', example: '127.0.0.1' }),
  API_PORT: variables.port().default(4000).meta({ purpose: 'the port the API listens on', example: '4000' }),
  DATABASE_URL: variables.address('postgres', 'postgresql').meta({
    purpose: 'PostgreSQL, for requests; may be a pooler in transaction mode',
    example: 'postgres://wellness:secret@127.0.0.1:5432/wellness',
  }),
  DATABASE_URL_UNPOOLED: variables.address('postgres', 'postgresql').optional().meta({
    purpose: 'PostgreSQL without a pooler, for migrations and the job queue; DATABASE_URL when left out',
    example: 'postgres://wellness:secret@127.0.0.1:5432/wellness',
  }),
  DATABASE_NAMED_STATEMENTS: z.enum(['on', 'off'], 'must be on or off').default('off').meta({
    purpose:
      'whether hot statements are prepared once a connection, which is faster; on only where DATABASE_URL leads to PostgreSQL itself: poolers in transaction mode refuse it',
    example: 'on',
  }),
  DATABASE_POOL_MAX: variables.integer(1, 200).default(10).meta({
    purpose: 'connections to PostgreSQL that one process holds at most, beside two that only read',
    example: '10',
  }),
  REDIS_URL: variables.addresses('redis', 'rediss').meta({
    purpose:
      'Redis, for live sessions and throttles: one address, or the nodes of a cluster separated by commas',
    example: 'redis://127.0.0.1:6379',
  }),
  REDIS_CLUSTER: z.enum(['on', 'off'], 'must be on or off').default('off').meta({
    purpose: 'whether a single address in REDIS_URL leads to a cluster; several addresses always do',
    example: 'on',
  }),
  AUTH_SECRET: variables.secrets(32).meta({
    purpose: 'the secret every key is derived from; to change it, put the new one in front: new,old',
    example: 'the output of: openssl rand -base64 48',
  }),
  AUTH_URL: variables.publicOrigin().default('http://localhost:3000').meta({
    purpose: 'the public address of the web app, for the links in mails',
    example: 'https://example.com',
  }),
  WEB_API_SECRET: variables.secret(32).meta({
    purpose: 'by which the web app proves itself to the API; the same value in both',
    example: 'the output of: openssl rand -base64 48',
  }),
  TRUSTED_PROXIES: variables.networks().default([]).meta({
    purpose: 'addresses or ranges of the proxies in front, whose X-Forwarded-For is believed',
    example: '10.0.0.0/8,127.0.0.1',
  }),
  SMTP_URL: variables
    .address('smtp', 'smtps')
    .meta({ purpose: 'the server that takes our mail', example: 'smtps://user:password@mail.example.com' }),
  MAIL_FROM: z.string().optional().meta({
    purpose: 'the sender of our mail; no-reply at the host of AUTH_URL when left out',
    example: 'Wellness Assistant <hello@example.com>',
  }),
  BCRYPT_COST: variables.integer(10, 15).default(10).meta({
    purpose:
      'how costly a password check is; older hashes follow at the next sign-in. Raise it only: a costlier hash takes longer to check and so tells that there is a user',
    example: '10',
  }),
  RATE_LIMIT_FACTOR: variables.integer(1, 1_000_000).default(1).meta({
    purpose:
      'how many times the documented points every login, key and address has; more than 1 for load tests, and where very many people share an address',
    example: '1',
  }),
  METRICS_TOKEN: variables.secret(16).optional().meta({
    purpose:
      'lets whoever sends it as a bearer token read /metrics from another machine; nobody when left out',
    example: 'the output of: openssl rand -base64 24',
  }),
  WORKER_HOST: z
    .string()
    .default('127.0.0.1')
    .meta({ purpose: 'the network address the worker tells of itself on', example: '127.0.0.1' }),
  WORKER_PORT: variables.port().optional().meta({
    purpose: 'the port of /health and /metrics of the worker; it listens on none when left out',
    example: '4001',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: variables.address('http', 'https').optional().meta({
    purpose: 'an OpenTelemetry collector that takes OTLP over HTTP; no traces when left out',
    example: 'http://127.0.0.1:4318',
  }),
  OTEL_TRACES_SAMPLER_ARG: variables.ratio().default(1).meta({
    purpose: 'the share of traces that are kept, from 0 to 1',
    example: '0.1',
  }),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
    .default('info')
    .meta({ purpose: 'which log records are written', example: 'info' }),
})

export type ApiEnv = z.output<typeof schema> & { MAIL_FROM: string }

/**
 * This app's environment, checked whole.
 *
 * @throws {EnvError} listing every variable that is missing or wrong.
 */
export function readEnv(source: Record<string, string | undefined> = process.env): ApiEnv {
  const isProduction = (source['NODE_ENV'] || 'production') === 'production'
  const env = parseEnv(schema, source, { name: 'The API', refusesExamples: isProduction })
  return { ...env, MAIL_FROM: env.MAIL_FROM ?? defaultSender(env.AUTH_URL) }
}

/** Mail from a domain that is not the site's own is taken for spam; an IP address has no mail. */
function defaultSender(siteUrl: string): string {
  const { hostname } = new URL(siteUrl)
  return `Wellness Assistant <no-reply@${/^[[\d]/.test(hostname) ? 'localhost' : hostname}>`
}

/** The one variable that migrations need: the direct address of the database. */
export function readMigrationEnv(source: Record<string, string | undefined> = process.env): {
  databaseUrl: string
} {
  const env = parseEnv(schema.pick({ DATABASE_URL: true, DATABASE_URL_UNPOOLED: true }), source, {
    name: 'The migration',
  })
  return { databaseUrl: env.DATABASE_URL_UNPOOLED ?? env.DATABASE_URL }
}

const demoSchema = z.object({
  DEMO_EMAIL: z.email('must be an e-mail address').meta({
    purpose: 'what the demo user signs in with',
    example: 'demo@example.com',
  }),
  DEMO_PASSWORD: variables.secret(15).meta({
    purpose: "the demo user's password; random, and only for a database that holds nobody else",
    example: 'the output of: openssl rand -base64 15',
  }),
})

/** Who the demo user is to be; read beside the API's own environment. */
export function readDemoEnv(
  source: Record<string, string | undefined> = process.env,
): z.output<typeof demoSchema> {
  return parseEnv(demoSchema, source, { name: 'The demo' })
}

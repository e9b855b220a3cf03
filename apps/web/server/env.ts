import { parseEnv } from '@wellness/env/parseEnv'
import { variables } from '@wellness/env/variables'
import { z } from 'zod'

const schema = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'], 'must be development, test or production')
    .default('production')
    .meta({ purpose: 'how strict and how talkative the process is', example: 'production' }),
  WEB_HOST: z
    .string()
    .default('127.0.0.1')
    .meta({ purpose: 'the network address the web app listens on', example: '127.0.0.1' }),
  WEB_PORT: variables
    .port()
    .default(3000)
    .meta({ purpose: 'the port the web app listens on', example: '3000' }),
  AUTH_URL: variables.publicOrigin().optional().meta({
    purpose:
      'the public address of the web app; its scheme decides about secure cookies; http://localhost:WEB_PORT when left out',
    example: 'https://example.com',
  }),
  API_URL: variables
    .address('http', 'https')
    .transform((text) => text.replace(/\/$/, ''))
    .meta({ purpose: 'where the web app reaches the API', example: 'http://127.0.0.1:4000' }),
  API_PUBLIC_URL: variables
    .address('http', 'https')
    .transform((text) => text.replace(/\/$/, ''))
    .optional()
    .meta({
      purpose: 'where partners reach the API, as the explorer tells them; API_URL when left out',
      example: 'https://api.example.com',
    }),
  WEB_API_SECRET: variables.secret(32).meta({
    purpose: 'by which the web app proves itself to the API; the same value in both',
    example: 'the output of: openssl rand -base64 48',
  }),
  TRUSTED_PROXIES: variables.networks().default([]).meta({
    purpose: 'addresses or ranges of the proxies in front, whose X-Forwarded-For is believed',
    example: '10.0.0.0/8,127.0.0.1',
  }),
  METRICS_TOKEN: variables.secret(16).optional().meta({
    purpose:
      'lets whoever sends it as a bearer token read /metrics from another machine; nobody when left out',
    example: 'the output of: openssl rand -base64 24',
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

export type WebEnv = z.output<typeof schema> & { AUTH_URL: string; API_PUBLIC_URL: string }

/**
 * This app's environment, checked whole.
 *
 * @throws {EnvError} listing every variable that is missing or wrong.
 */
export function readEnv(source: Record<string, string | undefined> = process.env): WebEnv {
  const isProduction = (source['NODE_ENV'] || 'production') === 'production'
  const env = parseEnv(schema, source, { name: 'The web app', refusesExamples: isProduction })
  return {
    ...env,
    AUTH_URL: env.AUTH_URL ?? `http://localhost:${env.WEB_PORT}`,
    API_PUBLIC_URL: env.API_PUBLIC_URL ?? env.API_URL,
  }
}

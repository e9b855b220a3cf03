import 'reflect-metadata'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import { REQUEST_ID_HEADER } from '@wellness/domain/webHeaders'
import Fastify, { type FastifyInstance } from 'fastify'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { randomUUID } from 'node:crypto'
import { type ApiContext, createContextFactory } from './context.ts'
import type { ApiEnv } from './env.ts'
import { createApolloServer } from './platform/graphql/createApolloServer.ts'
import { createSchema } from './schema.ts'
import { createServices, type ServiceOverrides, type Services } from './services.ts'

export interface AppOverrides extends ServiceOverrides {
  /** Resolvers that only a test needs, such as one that throws. */
  extraResolvers?: readonly (new () => object)[]
}

export interface App {
  server: FastifyInstance
  services: Services
  close(): Promise<void>
}

/** Builds the API out of its parts: everything is injected here, by hand. */
export async function createApp(env: ApiEnv, overrides: AppOverrides = {}): Promise<App> {
  const services = createServices(env, 'api', overrides)
  const schema = createSchema(overrides.extraResolvers)
  const apollo = createApolloServer<ApiContext>(schema)
  const createContext = createContextFactory(services)
  const server = Fastify({ bodyLimit: 100_000, genReqId: () => randomUUID() })
  await apollo.start()

  const sdl = `${printSchema(lexicographicSortSchema(schema))}\n`
  server.get('/schema.graphql', (_request, reply) => reply.type('text/plain; charset=utf-8').send(sdl))
  server.get('/health/live', () => ({ status: 'ok' }))
  server.get('/health/ready', () => ({ status: 'ok' }))
  server.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    handler: fastifyApolloHandler<ApiContext>(apollo, {
      context: (request, reply) => {
        void reply.header(REQUEST_ID_HEADER, request.id)
        return createContext({
          requestId: request.id,
          client: { ipAddress: request.ip, userAgent: request.headers['user-agent'] ?? null },
          authorization: request.headers.authorization,
        })
      },
    }),
  })

  return {
    server,
    services,
    async close() {
      await server.close()
      await apollo.stop()
      await services.close()
    },
  }
}

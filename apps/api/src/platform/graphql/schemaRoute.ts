import type { FastifyInstance } from 'fastify'
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql'

/** `/schema.graphql`: the schema as text. It is public documentation. */
export function addSchemaRoute(server: FastifyInstance, schema: GraphQLSchema): void {
  const text = `${printSchema(lexicographicSortSchema(schema))}\n`
  server.get('/schema.graphql', (_request, reply) => reply.type('text/plain; charset=utf-8').send(text))
}

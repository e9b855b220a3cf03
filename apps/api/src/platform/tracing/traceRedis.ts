import { activeSpan } from '@wellness/telemetry/activeSpan'
import type { Tracing } from '@wellness/telemetry/tracing'
import type { RedisClient } from '../redis/connectRedis.ts'

/**
 * The same client, with a span for every command that is part of a traced request. On the client's face and not where
 * commands leave: those of several requests leave together. A span has the command's name, and no key or value.
 */
export function traceRedis<Client extends RedisClient>(redis: Client, tracing: Tracing): Client {
  const commands = new Set(redis.getBuiltinCommands())
  return new Proxy(redis, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property)
      if (typeof value !== 'function') return value
      if (typeof property !== 'string' || !(commands.has(property) || isScript(target, property))) {
        return value.bind(target) as unknown
      }
      return (...args: unknown[]) => {
        const call = () => value.apply(target, args) as unknown
        if (!activeSpan.getStore()) return call()
        const span = tracing.startSpan(`redis ${property}`, {
          kind: 'client',
          attributes: { 'db.system.name': 'redis' },
        })
        const answer = call()
        if (answer instanceof Promise) {
          answer.then(
            () => span.end(),
            () => span.end({ failed: true }),
          )
        } else span.end()
        return answer
      }
    },
  })
}

/** Scripts become methods of the client itself, those of throttles too. */
function isScript(client: RedisClient, name: string): boolean {
  return (client as unknown as { scriptsSet?: Record<string, unknown> }).scriptsSet?.[name] !== undefined
}

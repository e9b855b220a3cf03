import type { z } from 'zod'

/** What every variable says of itself: what it is for, and a value that would do. */
export interface VariableMeta {
  purpose: string
  example: string
}

/** Part of every secret that the documentation shows; a production that was started with one would be open to all. */
const EXAMPLE_SECRET = 'example-secret'

/**
 * Reads an app's environment. Each field of the schema carries `.meta({ purpose, example })`. An empty variable counts
 * as missing, since `NAME=` in a file means just that. With `refusesExamples`, as in production, no variable may hold a
 * secret that the documentation shows.
 *
 * @throws {EnvError} with one message that lists everything that is wrong: by name, what it is for, and an example.
 *   Values are never part of it, because the wrong value may be a secret in the wrong place.
 */
export function parseEnv<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  source: Record<string, string | undefined>,
  { name, refusesExamples = false }: { name: string; refusesExamples?: boolean },
): z.output<z.ZodObject<Shape>> {
  const present = Object.fromEntries(
    Object.keys(schema.shape).map((key) => [key, source[key] === '' ? undefined : source[key]]),
  )
  const result = schema.safeParse(present)

  const problems = new Map<string, string>()
  for (const [key, value] of Object.entries(present)) {
    if (refusesExamples && value?.includes(EXAMPLE_SECRET)) {
      problems.set(key, 'holds the secret of an example; make one of your own')
    }
  }
  if (result.success && problems.size === 0) return result.data
  for (const issue of result.error?.issues ?? []) {
    const key = String(issue.path[0] ?? '')
    if (!problems.has(key)) problems.set(key, present[key] === undefined ? 'is missing' : issue.message)
  }
  const lines = [...problems].map(([key, problem]) => {
    const meta = (schema.shape[key] as z.ZodType | undefined)?.meta() as VariableMeta | undefined
    return `  ${key} ${problem}${meta ? `\n    for: ${meta.purpose}\n    example: ${meta.example}` : ''}`
  })
  throw new EnvError(
    `${name} cannot start: ${problems.size} of its environment variables ${problems.size === 1 ? 'needs' : 'need'} attention.\n${lines.join('\n')}`,
  )
}

/** The environment is not fit to start with; the message is meant for the person who starts the app. */
export class EnvError extends Error {
  override name = 'EnvError'
}

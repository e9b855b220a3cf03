import { SECOND } from '@wellness/domain/time'
import type { Failure } from '../load/apiCaller.ts'
import type { Time, Told, Trouble } from './told.ts'
import { troublesAround } from './troublesAround.ts'

/** What a client may meet while something is away. Without Redis and SMTP all goes on. */
const EXCUSES: Partial<Record<Trouble['kind'], Failure[]>> = {
  apiKilled: ['notBegun', 'lost'],
  postgresStopped: ['serverError', 'timeout'],
  postgresKilled: ['serverError', 'timeout'],
  // Another process takes what nobody listens to. What was begun is answered.
  restart: ['notBegun'],
}
const POSTGRES: Trouble['kind'][] = ['postgresStopped', 'postgresKilled']
const KINDS = Object.keys(EXCUSES) as Trouble['kind'][]
/** The product's own limit of ten seconds for a process that is asked to end. */
const END_MS = 10 * SECOND

/** No request fails but for a fault that must make it fail, and no process goes but when and as it is asked to. */
export function auditRequests(told: Told): string[] {
  const requests = [
    ...told.acts.map((act) => ({ ...act, name: `${act.kind} of user ${act.userId}` })),
    ...told.wishes.flatMap(({ attempts }) =>
      attempts.map((attempt) => ({ ...attempt, name: 'wish for a mail' })),
    ),
  ]
  const failed = requests.flatMap(({ name, failure, detail, sentAt, settledAt }) =>
    failure === null || isExcused(told, failure, sentAt, settledAt)
      ? []
      : [`a ${name} failed without need: ${failure} at ${new Date(sentAt).toISOString()} (${detail})`],
  )
  const restarts = told.restarts.flatMap(({ name, tookMs, exit, saidNotReady }) => [
    ...(tookMs > END_MS ? [`${name}: took ${tookMs} ms to end`] : []),
    ...(exit === 'exit code 0' ? [] : [`${name}: ended by ${exit}`]),
    ...(saidNotReady === false ? [`${name}: went without saying first that it was not ready`] : []),
  ])
  const pages = told.pages.failures.map((failure) => `a page: ${failure}`)
  // A worker that cannot write down what became of a job ends, and leaves it to its supervisor to start another.
  const deaths = told.deaths
    .filter(
      ({ name, at }) => !name.startsWith('worker') || troublesAround(told, POSTGRES, at, at).length === 0,
    )
    .map(({ name, how }) => `${name}: ended by itself: ${how}`)
  return [...failed, ...pages, ...restarts, ...deaths]
}

function isExcused(told: Told, failure: Failure, from: Time, to: Time): boolean {
  return troublesAround(told, KINDS, from, to).some(({ kind }) => EXCUSES[kind]?.includes(failure))
}

import { pointsOf } from '../platform/graphql/limits/costLimits.ts'
import type { TestApi } from './createTestApi.ts'
import type { RequestOptions } from './postDocument.ts'

const ME = '{ me { id } }'
/** Costs 102 with as many ids as there may be, and uses all of it. */
const DEAR = 'query ($ids: [ID!]!) { me { id } nodes(ids: $ids) { id } __type(name: "User") { name } }'
const IDS = Array.from({ length: 100 }, () => 'a')

/** Uses up points of somebody, in few requests. */
export async function useUpPoints(api: TestApi, points: number, by: RequestOptions): Promise<void> {
  for (let left = points; left > 0;) {
    const count = Math.min(left - pointsOf.introspection - pointsOf.object, IDS.length)
    const { extensions, status } = await api.request(
      count > 0 ? DEAR : ME,
      count > 0 ? { ids: IDS.slice(0, count) } : {},
      by,
    )
    if (status !== 200) throw new Error(`${left} of ${points} points could not be used: ${status}`)
    left -= extensions.cost.used
  }
}

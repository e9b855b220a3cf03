import { newId } from '@wellness/domain/newId'
import { publicId } from '@wellness/domain/publicId'
import { MINUTE } from '@wellness/domain/time'
import type { TestApi } from '../createTestApi.ts'

/** Records of sessions of ten minutes that are over; answers with their ids as clients see them. */
export async function insertSessions(
  api: TestApi,
  userId: string,
  sessions: readonly { startedAt: Date | string; timeZone?: string }[],
): Promise<string[]> {
  const ids = sessions.map(() => newId())
  for (const [index, { startedAt, timeZone = 'UTC' }] of sessions.entries()) {
    const endedAt = new Date(new Date(startedAt).getTime() + 10 * MINUTE)
    await api.sql(
      `insert into session_metadata
        (id, user_id, started_at, last_seen_at, ended_at, duration_seconds, time_zone, status)
      values (?, ?, ?, ?, ?, 600, ?, 'COMPLETED')`,
      [ids[index], userId, startedAt, endedAt, endedAt, timeZone],
    )
  }
  return ids.map((id) => publicId.from('session', id))
}

import type { TestApi } from './createTestApi.ts'

/** Makes the proof of all of a user's logins as recent as the test's clock, as confirmIdentity would. */
export async function confirmLogins(api: TestApi, userId: string): Promise<void> {
  await api.sql('update logins set confirmed_at = ? where user_id = ?', [api.clock.now(), userId])
}

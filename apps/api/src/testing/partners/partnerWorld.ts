import type { Scope } from '@wellness/domain/scope'
import { DAY } from '@wellness/domain/time'
import { createApiKey } from '../createApiKey.ts'
import { createTestApi, type TestApi } from '../createTestApi.ts'
import { createUser, type TestUser } from '../createUser.ts'
import { PASSWORD } from '../requestSignUp.ts'
import { insertSessions } from '../sessions/insertSessions.ts'
import { setPassword } from '../setPassword.ts'
import { makePartnerFolder, type PartnerFolder } from './partnerFolder.ts'

export interface PartnerWorld {
  api: TestApi
  folder: PartnerFolder
  /** Anna as each page begins with her: her name, her password, sessions behind her, 120 if nothing is said, and none that is live. */
  makePerson(options?: { sessionCount?: number }): Promise<TestUser>
  makeKey(user: TestUser, scopes?: Scope[]): Promise<string>
  close(): Promise<void>
}

/** Whom the pages for partners tell of, and a folder of somebody else's in which the client is installed. */
export async function makePartnerWorld(): Promise<PartnerWorld> {
  const [api, folder] = await Promise.all([createTestApi(), makePartnerFolder()])
  return {
    api,
    folder,
    makePerson: async ({ sessionCount = 120 } = {}) => {
      await api.sql('delete from users')
      const user = await createUser(api, { email: 'anna@example.com', name: 'Anna' })
      await setPassword(api, { email: user.email, password: PASSWORD })
      const now = api.clock.now().getTime()
      const days = Array.from({ length: sessionCount }, (_, day) => ({
        startedAt: new Date(now - (day + 1) * DAY),
      }))
      await insertSessions(api, user.userId, days)
      return user
    },
    makeKey: async (user, scopes) => (await createApiKey(api, user, scopes && { scopes })).token,
    close: async () => {
      await api.close()
      await folder.remove()
    },
  }
}

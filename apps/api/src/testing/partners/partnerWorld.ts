import type { Scope } from '@wellness/domain/scope'
import { HOUR } from '@wellness/domain/time'
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
  user: TestUser
  /** A new key of the person whom the pages tell of. */
  makeKey(scopes?: Scope[]): Promise<string>
  close(): Promise<void>
}

/** What the pages for partners begin with: a person, Anna, with 120 sessions behind her, and a folder with the client. */
export async function makePartnerWorld(): Promise<PartnerWorld> {
  const [api, folder] = await Promise.all([createTestApi(), makePartnerFolder()])
  const user = await createUser(api, { email: 'anna@example.com', name: 'Anna' })
  await setPassword(api, { email: user.email, password: PASSWORD })
  const now = api.clock.now().getTime()
  await insertSessions(
    api,
    user.userId,
    Array.from({ length: 120 }, (_, day) => ({ startedAt: new Date(now - (day + 1) * 24 * HOUR) })),
  )
  return {
    api,
    folder,
    user,
    makeKey: async (scopes) => (await createApiKey(api, user, scopes && { scopes })).token,
    close: async () => {
      await api.close()
      await folder.remove()
    },
  }
}

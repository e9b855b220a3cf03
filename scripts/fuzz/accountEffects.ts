import { publicId } from '@wellness/domain/publicId'
import type { Account } from './account.ts'
import { normaliseEmail } from './normaliseEmail.ts'

/** What a command makes of an account. What is left out stays as it was. */
export interface Effect {
  /** How many more there are of each kind. */
  events?: Record<string, number>
  /** Hashes of the logins that go on; all of them when left out. */
  kept?: string[]
  /** One more, whose token is new: a new login, or one that went on. */
  isLoginAdded?: boolean
  isEpochRaised?: boolean
  password?: 'another' | 'none'
  isEmailAnother?: boolean
  isUnlinked?: boolean
  /** Ids of the API keys that go on; all of them when left out. */
  keptKeys?: string[]
  isKeyAdded?: boolean
  isGone?: boolean
}

type Find = (before: Account, borne: string | null, input: Record<string, unknown>) => Effect[]

const own = (borne: string | null): string[] => (borne === null ? [] : [borne])
const without = ({ logins }: Account, borne: string | null): string[] =>
  [...logins.keys()].filter((hash) => hash !== borne)
const endsBorne: Find = (before, borne) =>
  borne === null ? [{}] : [{ events: { SIGNED_OUT: 1 }, kept: without(before, borne) }]
const endsAll = (event: string): Effect => ({ events: { [event]: 1 }, kept: [], isEpochRaised: true })
const endsOthers = (event: string, borne: string | null, count = 1): Effect => ({
  events: { [event]: count },
  kept: own(borne),
  isEpochRaised: true,
})

/** With every API key gone, if that is part of it. */
const endsKeys = (effect: Effect, { keys }: Account, isChosen = true): Effect =>
  isChosen ? { ...effect, events: { ...effect.events, API_KEY_REVOKED: keys.length }, keptKeys: [] } : effect

/** The operations that change an account, each with all that it may make of it. */
export const accountEffects: Record<string, Find> = {
  signIn(before, borne, input) {
    const ended = endsBorne(before, borne, input)
    // Else it is somebody who signed up meanwhile.
    if (normaliseEmail(input['email']) !== before.email) return ended
    return ended.map(({ events, ...rest }) => ({
      ...rest,
      events: { ...events, SIGNED_IN: 1 },
      isLoginAdded: true,
    }))
  },
  signOut: endsBorne,
  completeSignUp: endsBorne,
  confirmIdentity: (before, borne) => [{ kept: without(before, borne), isLoginAdded: true }],
  changePassword: () => [{ ...endsAll('PASSWORD_CHANGED'), isLoginAdded: true, password: 'another' }],
  resetPassword: (before) => [endsKeys({ ...endsAll('PASSWORD_RESET'), password: 'another' }, before)],
  reportNotMe(before) {
    const closed = endsKeys({ ...endsAll('NOT_ME_REPORTED'), password: 'none' }, before)
    return [closed, { ...closed, events: { ...closed.events, EMAIL_CHANGED: 1 }, isEmailAnother: true }]
  },
  requestEmailChange: () => [{ events: { EMAIL_CHANGE_REQUESTED: 1 } }],
  confirmEmailChange: (_before, borne) => [{ ...endsOthers('EMAIL_CHANGED', borne), isEmailAnother: true }],
  revokeLogin({ logins }, _borne, { id }) {
    const ended = publicId.parse('login', String(id))
    const kept = [...logins].filter(([, loginId]) => loginId !== ended).map(([hash]) => hash)
    return [{ events: { LOGIN_REVOKED: 1 }, kept }]
  },
  revokeOtherLogins: (before, borne, { revokeApiKeys }) => [
    endsKeys(endsOthers('LOGIN_REVOKED', borne, before.logins.size - 1), before, revokeApiKeys === true),
  ],
  revokeAllLogins: (before, _borne, { revokeApiKeys }) => [
    endsKeys(endsAll('ALL_LOGINS_REVOKED'), before, revokeApiKeys === true),
  ],
  createApiKey: () => [{ events: { API_KEY_CREATED: 1 }, isKeyAdded: true }],
  revokeApiKey({ keys }, _borne, { id }) {
    const revoked = publicId.parse('key', String(id))
    return [{ events: { API_KEY_REVOKED: 1 }, keptKeys: keys.filter((key) => key !== revoked) }]
  },
  unlinkAccount: (_before, borne) => [{ ...endsOthers('ACCOUNT_UNLINKED', borne), isUnlinked: true }],
  exportAccount: () => [{ events: { DATA_EXPORTED: 1 } }],
  deleteUser: () => [{ isGone: true }],
}

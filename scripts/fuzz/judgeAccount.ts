import { isDeepStrictEqual } from 'node:util'
import type { Account } from './account.ts'
import { accountEffects, type Effect } from './accountEffects.ts'
import type { Command } from './command.ts'

/**
 * Whether an account is as a command leaves it, or as it was: by what the answer told, or by either when it told nothing.
 *
 * @param told whether it was carried out, as the answer says; null where it does not.
 * @param borne hashes of the logins any of which the request may have been taken to come with.
 */
export function judgeAccount(
  { field, input }: Command,
  told: boolean | null,
  { before, after, borne }: { before: Account; after: Account | null; borne: (string | null)[] },
): { isDone: boolean; problems: string[] } {
  const effects = borne.flatMap((hash) => accountEffects[field]?.(before, hash, input) ?? [])
  const fromDone = effects
    .map((effect) => findDifferences(before, after, effect))
    .reduce((least, found) => (found.length < least.length ? found : least))
  const fromBefore = findDifferences(before, after, {})
  if (told !== true && fromBefore.length === 0) return { isDone: false, problems: [] }
  if (told !== false && fromDone.length === 0) return { isDone: true, problems: [] }
  const problem =
    told === false
      ? `${field} is refused, and changed: ${fromBefore.join(', ')}`
      : `${field} is done, and not as it should be: ${fromDone.join(', ')}`
  return { isDone: fromDone.length < fromBefore.length, problems: [problem] }
}

function findDifferences(before: Account, after: Account | null, effect: Effect): string[] {
  if (after === null || effect.isGone)
    return (after === null) === (effect.isGone ?? false) ? [] : ['the user']
  const events = { ...before.events }
  for (const [kind, count] of Object.entries(effect.events ?? {}))
    if (count > 0) events[kind] = (events[kind] ?? 0) + count
  const kept = effect.kept ?? [...before.logins.keys()]
  const keptKeys = effect.keptKeys ?? before.keys
  const isSame: Record<string, boolean> = {
    'API keys that were to go on': keptKeys.every((id) => after.keys.includes(id)),
    'how many API keys there are': after.keys.length === keptKeys.length + (effect.isKeyAdded ? 1 : 0),
    'the events': isDeepStrictEqual({ ...after.events }, events),
    'logins that were to go on': kept.every((hash) => after.logins.has(hash)),
    'how many logins there are': after.logins.size === kept.length + (effect.isLoginAdded ? 1 : 0),
    'the epoch': after.authEpoch === before.authEpoch + (effect.isEpochRaised ? 1 : 0),
    'the password': isPasswordAs(effect.password, before.passwordHash, after.passwordHash),
    'the address': (after.email !== before.email) === (effect.isEmailAnother ?? false),
    'linked accounts': after.linked.length === before.linked.length - (effect.isUnlinked ? 1 : 0),
  }
  return Object.keys(isSame).filter((what) => !isSame[what])
}

function isPasswordAs(wanted: Effect['password'], before: string | null, after: string | null): boolean {
  if (wanted === 'none') return after === null
  return (after !== before) === (wanted === 'another') && (wanted !== 'another' || after !== null)
}

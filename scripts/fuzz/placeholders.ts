/** Stand in generated requests for what only the run knows, in letters that every encoding leaves alone. */
export const placeholders = {
  ownLive: 'zzOwnLivezz',
  ownOver: 'zzOwnOverzz',
  ownUser: 'zzOwnUserzz',
  ownEmail: 'zzOwnEmailzz',
  ownPassword: 'zzOwnPasswordzz',
  ownCursor: 'zzOwnCursorzz',
  ownToken: 'zzOwnTokenzz',
  endedToken: 'zzEndedTokenzz',
  signUpToken: 'zzSignUpTokenzz',
  resetToken: 'zzResetTokenzz',
  emailChangeToken: 'zzEmailChangeTokenzz',
  othersEmailChangeToken: 'zzOthersEmailChangeTokenzz',
  notMeToken: 'zzNotMeTokenzz',
  ownLogin: 'zzOwnLoginzz',
  otherLogin: 'zzOtherLoginzz',
  ownAccount: 'zzOwnAccountzz',
  wishedEmail: 'zzWishedEmailzz',
  ownDevice: 'zzOwnDevicezz',
  ownKey: 'zzOwnKeyzz',
  ownKeySecret: 'zzOwnKeySecretzz',
  readerSecret: 'zzReaderSecretzz',
  endedKeySecret: 'zzEndedKeySecretzz',
  otherSession: 'zzOtherSessionzz',
  otherUser: 'zzOtherUserzz',
  otherEmail: 'zzOtherEmailzz',
  otherCursor: 'zzOtherCursorzz',
  webOrigin: 'zzWebOriginzz',
  webApiSecret: 'zzWebApiSecretzz',
} as const

export type PlaceholderName = keyof typeof placeholders
export type PlaceholderValues = Record<PlaceholderName, string>

const NAMES = new Map<string, PlaceholderName>(
  Object.entries(placeholders).map(([name, text]) => [text, name as PlaceholderName]),
)
const ANY = new RegExp(`(?:${[...NAMES.keys()].join('|')})(?:~(\\d+))?`, 'g')

/** `~3` behind a placeholder stands for its value with the fourth character changed. */
export function fillPlaceholders(text: string, values: PlaceholderValues): string {
  return text.replace(ANY, (found: string, at: string | undefined) => {
    const value = values[NAMES.get(found.replace(/~.*/, '')) as PlaceholderName]
    return at === undefined ? value : tamper(value, Number(at))
  })
}

function tamper(value: string, at: number): string {
  const place = at % Math.max(1, value.length)
  return `${value.slice(0, place)}${value[place] === 'A' ? 'B' : 'A'}${value.slice(place + 1)}`
}

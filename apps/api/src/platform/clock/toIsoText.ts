import { DAY, HOUR, MINUTE, SECOND } from '@wellness/domain/time'

const twoDigits = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'))
const threeDigits = Array.from({ length: 1_000 }, (_, number) => String(number).padStart(3, '0'))
/** Days as text, by their number since 1970: what a page shows lies on few of them. */
const days = new Map<number, string>()
const DAYS_MAX = 4_096

/** What `date.toISOString()` gives, in a tenth of the time: a page of history has forty instants. */
export function toIsoText(date: Date): string {
  const time = date.getTime()
  const number = Math.floor(time / DAY)
  const inDay = time - number * DAY
  const hours = twoDigits[Math.floor(inDay / HOUR)]
  const minutes = twoDigits[Math.floor(inDay / MINUTE) % 60]
  const seconds = twoDigits[Math.floor(inDay / SECOND) % 60]
  return `${textOf(number, date)}T${hours}:${minutes}:${seconds}.${threeDigits[inDay % SECOND]}Z`
}

/** @throws RangeError for an invalid date, as `toISOString` does. */
function textOf(day: number, date: Date): string {
  let text = days.get(day)
  if (text === undefined) {
    if (days.size >= DAYS_MAX) days.clear()
    text = date.toISOString().split('T', 1)[0] as string
    days.set(day, text)
  }
  return text
}

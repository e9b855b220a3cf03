const styles = {
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  month: { month: 'long', year: 'numeric' },
  time: { timeStyle: 'short' },
  moment: { dateStyle: 'medium', timeStyle: 'short' },
} satisfies Record<string, Intl.DateTimeFormatOptions>

export type DateTimeStyle = keyof typeof styles

const formats = new Map<string, Intl.DateTimeFormat>()
/** A few for each language and time zone that is in use. Both come from outside, so there must be an end to them. */
const FORMATS_MAX = 1_000

/** A format, made once: making one takes a hundred times as long as using it, and a page of the history uses eighty. */
export function dateTimeFormat(locale: string, timeZone: string, style: DateTimeStyle): Intl.DateTimeFormat {
  const key = `${style} ${timeZone} ${locale}`
  let format = formats.get(key)
  if (!format) {
    if (formats.size >= FORMATS_MAX) formats.clear()
    format = new Intl.DateTimeFormat(locale, { timeZone, ...styles[style] })
    formats.set(key, format)
  }
  return format
}

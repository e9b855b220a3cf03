/**
 * People one can talk to. Only a person who has looked at the source that day may set `lastVerified`; an entry without
 * it, or verified longer ago than VERIFIED_FOR_DAYS, is not shown, because a wrong number here can do harm.
 */
export interface SupportLine {
  country: string
  name: string
  /** As one reads it, and as a phone dials it. */
  phone: { text: string; dial: string }
  /** How to write instead of speak. */
  textOption: string | null
  hours: string
  /** Where the entry can be verified. */
  source: string
  /** The day, e.g. 2026-11-22; null as long as nobody has verified it. */
  lastVerified: string | null
}

export const supportLines: SupportLine[] = [
  {
    country: 'Australia',
    name: 'Lifeline',
    phone: { text: '13 11 14', dial: '131114' },
    textOption: 'Text 0477 13 11 14',
    hours: 'Day and night',
    source: 'https://www.lifeline.org.au',
    lastVerified: null,
  },
  {
    country: 'Canada',
    name: '9-8-8 Suicide Crisis Helpline',
    phone: { text: '988', dial: '988' },
    textOption: 'Text 988',
    hours: 'Day and night',
    source: 'https://988.ca',
    lastVerified: null,
  },
  {
    country: 'Ireland',
    name: 'Samaritans',
    phone: { text: '116 123', dial: '116123' },
    textOption: 'Text HELLO to 50808 (Text About It)',
    hours: 'Day and night',
    source: 'https://www.samaritans.org/ireland',
    lastVerified: null,
  },
  {
    country: 'United Kingdom',
    name: 'Samaritans',
    phone: { text: '116 123', dial: '116123' },
    textOption: 'Text SHOUT to 85258 (Shout)',
    hours: 'Day and night',
    source: 'https://www.samaritans.org',
    lastVerified: null,
  },
  {
    country: 'United States',
    name: '988 Suicide & Crisis Lifeline',
    phone: { text: '988', dial: '988' },
    textOption: 'Text 988',
    hours: 'Day and night',
    source: 'https://988lifeline.org',
    lastVerified: null,
  },
]

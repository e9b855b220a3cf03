import { createElement, type ReactElement } from 'react'

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Stockholm', ...options })
const MONTH = format({ month: 'long', year: 'numeric' })
const DAY = format({ weekday: 'short', day: 'numeric', month: 'short' })
const TIME = format({ timeStyle: 'short' })

type Row = Record<string, string>

/** A page with the history's list, element by element, and nothing around it. */
export function barePage({ rows }: { rows: Row[] }): ReactElement {
  const months = Map.groupBy(rows, (row) => MONTH.format(new Date(row['started_at'] ?? 0)))
  return createElement(
    'html',
    { lang: 'en' },
    createElement('head', null, createElement('title', null, 'History')),
    createElement('body', null, createElement('h1', null, 'History'), [...months].map(section)),
  )
}

function section([name, rows]: [string, Row[]]): ReactElement {
  return createElement(
    'section',
    { key: name, className: 'mt-8' },
    createElement('h2', { lang: 'en-GB', className: 'text-xl first-letter:uppercase' }, name),
    createElement(
      'div',
      { className: 'mt-3' },
      createElement('ul', { className: 'session-list' }, rows.map(item)),
    ),
  )
}

function item(row: Row): ReactElement {
  const startedAt = new Date(row['started_at'] ?? 0)
  const seconds = Number(row['duration_seconds'])
  return createElement(
    'li',
    { key: row['id'] },
    createElement(
      'a',
      { href: `/session/${row['id']}` },
      createElement(
        'time',
        { dateTime: startedAt.toISOString(), lang: 'en-GB', className: 'day' },
        DAY.format(startedAt),
      ),
      createElement(
        'span',
        { lang: 'en-GB', className: 'times' },
        `${TIME.format(startedAt)} – ${TIME.format(new Date(row['ended_at'] ?? 0))}`,
      ),
      createElement(
        'time',
        { dateTime: `PT${seconds}S`, className: 'length' },
        seconds < 60 ? `${seconds} s` : `${seconds / 60} min`,
      ),
    ),
  )
}

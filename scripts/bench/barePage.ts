import { createElement, type ReactElement } from 'react'

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'Europe/Stockholm' })
const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Europe/Stockholm' })

/** A page with the history's list and nothing around it. */
export function barePage({ rows }: { rows: Record<string, string>[] }): ReactElement {
  return createElement(
    'html',
    { lang: 'en' },
    createElement('head', null, createElement('title', null, 'History')),
    createElement(
      'body',
      null,
      createElement('h1', null, 'History'),
      createElement('ul', null, rows.map(item)),
    ),
  )
}

function item(row: Record<string, string>): ReactElement {
  const startedAt = new Date(row['started_at'] ?? 0)
  return createElement(
    'li',
    { key: row['id'], className: 'border-b border-hair last:border-b-0' },
    createElement(
      'a',
      { href: `/session/${row['id']}`, className: 'grid grid-cols-[1fr_auto] gap-x-4 px-5 py-3.5' },
      createElement(
        'time',
        { dateTime: startedAt.toISOString(), className: 'font-semibold' },
        DAY.format(startedAt),
      ),
      createElement(
        'span',
        { className: 'text-muted' },
        `${TIME.format(startedAt)} – ${TIME.format(new Date(row['ended_at'] ?? 0))}`,
      ),
      createElement('span', { className: 'font-semibold' }, `${Number(row['duration_seconds']) / 60} min`),
    ),
  )
}

import type { Run } from './runInApi.ts'

/** What the last run cost. */
export function LastRun({ run }: { run: Run | null }) {
  if (!run) return <p className="explorer-run">Nothing was run yet. Ctrl and Enter run what is written.</p>
  const { status, durationMs, cost, remaining } = run
  return (
    <p className="explorer-run" role="status">
      {status === 0 ? 'No answer' : `Status ${status}`} · {durationMs} ms
      {cost !== null && ` · cost ${points(cost)}`}
      {remaining !== null && ` · ${points(remaining)} left`}
    </p>
  )
}

function points(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'point' : 'points'}`
}

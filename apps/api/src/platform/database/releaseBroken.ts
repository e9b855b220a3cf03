/** As much of pg's pool as is needed to see its connections being taken. */
export interface TakenPool {
  on(event: 'acquire', listener: (client: TakenClient) => void): unknown
}

interface TakenClient {
  release(error?: Error): void
  once(event: 'end', listener: () => void): unknown
  off(event: 'end', listener: () => void): unknown
}

/**
 * Gives a connection that broke back to the pool, whoever has it. Kysely forgets one that breaks within a transaction,
 * since its rollback fails too: each would take a place in the pool for ever, until none is left.
 */
export function releaseBroken(pool: TakenPool): void {
  pool.on('acquire', (client) => {
    // The pool sets `release` right after it says this, and hands the connection over after that.
    queueMicrotask(() => {
      const release = client.release.bind(client)
      let isReleased = false
      const releaseOnce = (error?: Error) => {
        if (isReleased) return
        isReleased = true
        client.off('end', onEnd)
        release(error)
      }
      const onEnd = () => releaseOnce(new Error('The connection to PostgreSQL broke'))
      client.release = releaseOnce
      client.once('end', onEnd)
    })
  })
}

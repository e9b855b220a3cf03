const CHANNEL = 'session'
const isSupported = typeof BroadcastChannel === 'function'

/**
 * How the tabs of a browser learn at once that something became of a session in another of them. It is only a hint to ask
 * the server: where there are no channels the next beat finds it out.
 */
export const sessionNews = {
  tell(): void {
    if (!isSupported) return
    const channel = new BroadcastChannel(CHANNEL)
    channel.postMessage(null)
    channel.close()
  },

  /** @returns stops listening. */
  listen(onNews: () => void): () => void {
    if (!isSupported) return () => undefined
    const channel = new BroadcastChannel(CHANNEL)
    channel.addEventListener('message', onNews)
    return () => channel.close()
  },
}

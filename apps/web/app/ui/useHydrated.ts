import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** False on the server and while the page is being taken over, then true: for what only a script can do. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}

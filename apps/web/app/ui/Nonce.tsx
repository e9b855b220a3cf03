import { createContext, useContext } from 'react'

const Nonce = createContext<string | undefined>(undefined)

export const NonceProvider = Nonce.Provider

/** The nonce of this answer's Content-Security-Policy; in the browser there is none to be read. */
export function useNonce(): string | undefined {
  return useContext(Nonce)
}

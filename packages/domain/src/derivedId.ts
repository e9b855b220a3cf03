import { v5 } from 'uuid'

/** The one id that goes with a name within what another id stands for: who asks again gets the same. */
export function derivedId(withinId: string, name: string): string {
  return v5(name, withinId)
}

import type { Control } from './control.ts'
import { identityControls } from './identityControls.ts'
import { partnerControls } from './partnerControls.ts'

export const controls: readonly Control[] = [...identityControls, ...partnerControls]

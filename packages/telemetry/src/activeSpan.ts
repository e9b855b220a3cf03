import { AsyncLocalStorage } from 'node:async_hooks'
import type { Span } from './tracing.ts'

/** The span that what runs now is a part of. Without tracing it is never set, and costs next to nothing to ask. */
export const activeSpan = new AsyncLocalStorage<Span>()

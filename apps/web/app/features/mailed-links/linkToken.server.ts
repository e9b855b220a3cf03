import { z } from 'zod'

/** The token as the form of such a page sends it back. */
export const linkToken = z.string().min(1).max(512)

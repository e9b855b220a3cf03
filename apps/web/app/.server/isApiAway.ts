import { ApiError } from '@wellness/api-client/apiError'
import { ApiUnreachableError } from '@wellness/api-client/apiUnreachableError'

/** What the API answers while what stands behind it is away, or does not answer it in time. */
const AWAY_CODES = ['SERVICE_UNAVAILABLE', 'TIMEOUT']

/** Whether the same request may well be answered in a moment: the API is out of reach, or what it needs is. */
export function isApiAway(error: unknown): error is ApiError | ApiUnreachableError {
  return (
    error instanceof ApiUnreachableError || (error instanceof ApiError && AWAY_CODES.includes(error.code))
  )
}

import type { ApiClient } from '@wellness/api-client'
import { apiFor } from './api.ts'
import type { RouteArgs } from './loadContext.ts'
import { requireLogin } from './requireLogin.ts'
import { toPageError } from './toPageError.ts'

/** Loads a page of a signed-in person; what goes wrong on the way becomes a page that says what to do. */
export async function loadPage<Data>(
  args: RouteArgs,
  load: (api: ApiClient) => Promise<Data>,
): Promise<Data> {
  const token = requireLogin(args)
  try {
    return await load(apiFor(args, token))
  } catch (error) {
    throw toPageError(args, error)
  }
}

import type { Scope } from '@wellness/domain/scope'
import { curlCommand } from '../../../../features/api-keys/curlCommand.ts'

/**
 * A first call that the key's scopes allow, and that changes nothing. The key is typed unseen, past the shell's history. All
 * of it is one command: of two, a terminal would take the second for the key.
 */
export function curlExample(url: string, scopes: Scope[]): string {
  const command = curlCommand({ url, query: queryFor(scopes), variables: null, operationName: null })
  return `read -rs WELLNESS_API_KEY && export WELLNESS_API_KEY &&\n${command}`
}

function queryFor(scopes: Scope[]): string {
  if (scopes.includes('PROFILE_READ')) return '{ me { name email } }'
  if (scopes.includes('SESSIONS_READ'))
    return '{ me { sessions(first: 3) { nodes { startedAt durationSeconds } } } }'
  return '{ rateLimit { limit remaining } }'
}

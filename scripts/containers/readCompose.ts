import { parse } from 'yaml'

export interface ComposeService {
  image: string
  /** Of a service that is made here; the others are images of somebody else's. */
  build?: { context: string; target: string }
  command?: string[]
  environment?: Record<string, string | number>
  volumes?: string[]
  ports?: string[]
  healthcheck?: { test: string[] }
  read_only?: boolean
  cap_drop?: string[]
  security_opt?: string[]
}

/** A compose file with its variables put in as compose does: `${NAME}` and `${NAME:-default}`, one inside the other, too. */
export function readCompose(
  text: string,
  variables: Record<string, string>,
): { services: Record<string, ComposeService> } {
  // Text by text and not before it is read: nothing that is put in becomes YAML.
  const plain = JSON.stringify(parse(text, { merge: true }))
  return JSON.parse(plain, (_, value: unknown) =>
    typeof value === 'string' ? fill(value, variables) : value,
  ) as {
    services: Record<string, ComposeService>
  }
}

function fill(text: string, variables: Record<string, string>): string {
  const filled = text.replace(
    /\$\{([A-Z_]+)(?::-([^${}]*))?\}/g,
    (_, name: string, standard: string | undefined) => variables[name] || (standard ?? ''),
  )
  return filled === text ? text : fill(filled, variables)
}

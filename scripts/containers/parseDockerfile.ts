export interface Instruction {
  name: string
  /** `--from=build` and the like. */
  flags: { name: string; value: string }[]
  /** As it stands behind the flags, lines joined. */
  text: string
  /** Where it begins, from 1. */
  line: number
}

export interface Stage {
  name: string
  /** Another stage, or an image of somebody else's. */
  from: string
  instructions: Instruction[]
}

const KNOWN = new Set(['RUN', 'COPY', 'WORKDIR', 'ENV', 'USER', 'CMD', 'EXPOSE'])

/**
 * The stages of a Dockerfile.
 *
 * @throws on what is not understood, rather than leave it out of what is verified.
 */
export function parseDockerfile(text: string): Stage[] {
  const stages: Stage[] = []
  const args = new Map<string, string>()
  for (const instruction of readInstructions(text)) {
    const { name, text, line } = instruction
    const stage = stages.at(-1)
    if (name === 'ARG' && !stage) {
      const [key = '', value = ''] = text.split(/=(.*)/s)
      args.set(key, value)
    } else if (name === 'FROM') {
      const [image = '', as, alias = ''] = text.split(/\s+/)
      if (as !== undefined && as.toUpperCase() !== 'AS') throw new Error(`Dockerfile:${line}: what is ${as}?`)
      const from = image.replace(/\$\{(\w+)\}/g, (_, key: string) => args.get(key) ?? '')
      stages.push({ name: alias || String(stages.length), from, instructions: [] })
    } else if (stage && KNOWN.has(name)) {
      stage.instructions.push(instruction)
    } else {
      throw new Error(`Dockerfile:${line}: ${name} is not understood here`)
    }
  }
  return stages
}

function readInstructions(text: string): Instruction[] {
  const instructions: Instruction[] = []
  let begun: { line: number; text: string } | null = null
  for (const [index, row] of text.split('\n').entries()) {
    // Comments may stand between the lines of one instruction.
    if (/^\s*(#|$)/.test(row)) continue
    begun ??= { line: index + 1, text: '' }
    begun.text += row.replace(/\\\s*$/, '')
    if (/\\\s*$/.test(row)) continue
    instructions.push(toInstruction(begun))
    begun = null
  }
  return instructions
}

function toInstruction({ line, text }: { line: number; text: string }): Instruction {
  const [, name = '', all = ''] = /^\s*(\w+)\s+(.*)$/s.exec(text) ?? []
  const flags: Instruction['flags'] = []
  let rest = all
  for (;;) {
    const [whole, flag = '', value = ''] = /^--([\w-]+)=(\S+)\s+/.exec(rest) ?? []
    if (whole === undefined) break
    flags.push({ name: flag, value })
    rest = rest.slice(whole.length)
  }
  return { name: name.toUpperCase(), flags, text: rest.trim(), line }
}

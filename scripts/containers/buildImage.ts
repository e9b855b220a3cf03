import { cpSync, existsSync, globSync, lstatSync, mkdirSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { runToEnd } from '../product/runToEnd.ts'
import type { Instruction, Stage } from './parseDockerfile.ts'
import type { RootFolder } from './rootFolder.ts'

/** What a stage came to: its files, and how it is run. */
export interface Image {
  root: string
  env: Record<string, string>
  cwd: string
  user: 'root' | 'node'
  command: string[]
}

export interface BuildOptions {
  /** The folder of the build's files, and which of them are kept from it. */
  context: string
  isIgnored(path: string): boolean
  /** Where the roots of the stages come to lie. */
  folder: string
  /** Keeps what `--mount=type=cache` names. */
  cacheFolder: string
  rootFolder: RootFolder
  /** For every command that is run, such as how to get through a proxy. */
  env: NodeJS.ProcessEnv
  report(line: string): void
}

/** Runs the steps of stages as `docker build` does. */
export class ImageBuilder {
  readonly #stages: Stage[]
  readonly #options: BuildOptions
  readonly #built = new Map<string, Promise<Image>>()

  constructor(stages: Stage[], options: BuildOptions) {
    this.#stages = stages
    this.#options = options
  }

  /** Builds a stage, and those that it takes from before it; each once. */
  build(name: string): Promise<Image> {
    let image = this.#built.get(name)
    if (!image) {
      image = this.#run(name)
      this.#built.set(name, image)
    }
    return image
  }

  async #run(name: string): Promise<Image> {
    const stage = this.#stages.find((other) => other.name === name)
    if (!stage) throw new Error(`No stage of the Dockerfile is called ${name}`)
    const root = join(this.#options.folder, name)
    mkdirSync(root, { recursive: true })
    const image: Image = { root, env: {}, cwd: '/', user: 'root', command: [] }
    if (this.#stages.some((other) => other.name === stage.from)) {
      const base = await this.build(stage.from)
      copy(base.root, root)
      Object.assign(image, { ...base, root, env: { ...base.env } })
    } else if (!/^node:\d/.test(stage.from)) {
      throw new Error(`What ${stage.from} holds is not known here: only images of Node are stood in for`)
    }
    for (const instruction of stage.instructions) {
      this.#options.report(`${name}: ${instruction.name} ${instruction.text.replaceAll(/\s+/g, ' ')}`)
      try {
        await this.#take(image, instruction)
      } catch (error) {
        throw new Error(`Dockerfile:${instruction.line}: ${(error as Error).message}`, { cause: error })
      }
    }
    return image
  }

  async #take(image: Image, { name, flags, text }: Instruction): Promise<void> {
    switch (name) {
      case 'WORKDIR':
        image.cwd = resolve(image.cwd, text)
        mkdirSync(join(image.root, image.cwd), { recursive: true })
        return
      case 'ENV': {
        const [key = '', value = ''] = text.split(/=(.*)/s)
        image.env[key] = value
        return
      }
      case 'USER':
        if (text !== 'node' && text !== 'root') throw new Error(`Who is ${text}?`)
        image.user = text
        return
      case 'CMD':
        image.command = JSON.parse(text) as string[]
        return
      case 'EXPOSE':
        return
      case 'COPY':
        return this.#copy(image, flags, text)
      case 'RUN':
        return this.#runCommand(image, flags, text)
    }
  }

  async #copy(image: Image, flags: Instruction['flags'], text: string): Promise<void> {
    const from = flags.find((flag) => flag.name === 'from')?.value
    if (flags.some((flag) => flag.name !== 'from')) throw new Error('Of the flags only --from is understood')
    const { context, isIgnored } = this.#options
    const source = from ? (await this.build(from)).root : context
    const words = text.split(/\s+/)
    const target = words.pop() ?? ''
    const isIntoFolder = target.endsWith('/') || words.length > 1
    for (const word of words) {
      const found = globSync(word.replace(/^\//, '') || '.', { cwd: source }).filter(
        (path) => from || path === '.' || !isIgnored(path),
      )
      if (found.length === 0) throw new Error(`there is no ${word} to copy`)
      for (const path of found) {
        const file = join(source, path)
        const into = join(image.root, resolve(image.cwd, target))
        // A folder is copied as what it holds; a file under its name.
        const to = isIntoFolder && !lstatSync(file).isDirectory() ? join(into, basename(path)) : into
        copy(file, to, (child) => Boolean(from) || !isIgnored(relative(context, child)))
      }
    }
  }

  async #runCommand(image: Image, flags: Instruction['flags'], text: string): Promise<void> {
    const { rootFolder, cacheFolder, env } = this.#options
    const mounts = flags.map(({ name, value }) => {
      const target = /^type=cache,target=(\/\S+)$/.exec(value)?.[1]
      if (name !== 'mount' || !target) throw new Error(`--${name}=${value} is not understood`)
      const source = join(cacheFolder, target)
      mkdirSync(source, { recursive: true })
      return { source, target }
    })
    const inside = rootFolder.command(
      { root: image.root, cwd: image.cwd, env: { ...env, ...image.env }, user: image.user, mounts },
      ['/bin/sh', '-c', text],
    )
    await runToEnd({ name: text, ...inside, cwd: '/' })
  }
}

function copy(source: string, target: string, filter: (path: string) => boolean = () => true): void {
  if (!existsSync(source)) throw new Error(`there is no ${source}`)
  cpSync(source, target, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => path === source || filter(path),
  })
}

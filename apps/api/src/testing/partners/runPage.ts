import { readFileSync } from 'node:fs'
import type { TestUser } from '../createUser.ts'
import { mailedToken } from '../mailedLink.ts'
import { type GraphQLAnswer, postDocument } from '../postDocument.ts'
import { findMisfit } from './findMisfit.ts'
import type { PartnerWorld } from './partnerWorld.ts'
import { type Example, readExamples } from './readExamples.ts'

/** Whose credential an operation is sent with; the person's key with every scope where nothing is said. */
const CREDENTIAL = /^as=(key|reader|login|nobody)$/
const HEADER = /^([a-z-]+):(.+)$/
/** Where the reader pastes their key, which is the test's to set. */
const OWN_KEY = /^read -rs .*$/gm
/** The addresses of the product, as the pages write them; the client lies in the folder already. */
const API = 'http://localhost:4000'
const DOWNLOADS = 'http://localhost:3000/partners/'

/**
 * Does what a page for partners tells, from its first example to its last, and compares each answer with the one that is
 * shown after it. Programs lie in the folder of a partner, and run in it.
 *
 * @throws on the first example that does not do as the page says, with its line.
 */
export async function runPage(
  file: string,
  world: PartnerWorld,
  person: Parameters<PartnerWorld['makePerson']>[0] = {},
): Promise<number> {
  const markdown = readFileSync(file, 'utf8')
  const examples = readExamples(markdown)
  if (markdown.split('```').length !== 2 * examples.length + 1)
    throw new Error(`${file} has a block that is not read`)
  const run = new PageRun(world, await world.makePerson(person))
  for (const [index, example] of examples.entries()) {
    try {
      await run.do(example, examples.slice(index + 1))
    } catch (error) {
      throw new Error(`${file}:${example.line}: ${String(error)}`, { cause: error })
    }
  }
  if (examples.some(({ language }) => language === 'ts')) await world.folder.checkTypes()
  return examples.length
}

class PageRun {
  readonly #world: PartnerWorld
  #answer: unknown = null
  #status: number | null = null
  #output: string | null = null
  /** Of all answers so far: what a shortened text stands for. */
  readonly #seen: string[] = []
  readonly #person: TestUser
  #login: string

  constructor(world: PartnerWorld, person: TestUser) {
    this.#world = world
    this.#person = person
    this.#login = person.token
  }

  async do({ language, words, text }: Example, [next, second]: Example[]): Promise<void> {
    switch (language) {
      case 'sh':
        return this.#runShell(this.#withAddresses(text))
      case 'js':
        // What is shown as JavaScript need not please the compiler.
        return this.#writeProgram(words[0], `// @ts-nocheck\n${this.#withAddresses(text)}`)
      case 'ts':
        return this.#writeProgram(words[0], this.#withAddresses(text))
      case 'graphql': {
        const variables = next?.words[0] === 'variables' ? next.text : null
        const answer = variables === null ? next : second
        if (answer?.language !== 'json') throw new Error('What it answers is not shown')
        return this.#ask(text, words, variables ?? '{}')
      }
      case 'json':
        return words[0] === 'variables' ? undefined : this.#compareJson(text, words[0])
      case 'text':
        return this.#compareText(text)
      default:
        throw new Error(`No example is written in ${language}`)
    }
  }

  #withAddresses(text: string): string {
    return text.replaceAll(API, this.#world.api.url).replaceAll(DOWNLOADS, './')
  }

  async #runShell(script: string): Promise<void> {
    this.#output = await this.#world.folder.sh(script.replace(OWN_KEY, ''), {
      WELLNESS_API_KEY: await this.#world.makeKey(this.#person),
      WELLNESS_LOGIN_TOKEN: this.#login,
    })
    this.#status = null
    if (this.#output.startsWith('{"')) this.#keep(JSON.parse(this.#output))
  }

  async #writeProgram(file: string | undefined, text: string): Promise<void> {
    if (file === undefined) throw new Error('The program has no name')
    await this.#world.folder.write(file, text)
  }

  async #ask(query: string, words: string[], variables: string): Promise<void> {
    const { api } = this.#world
    const who = words.map((word) => CREDENTIAL.exec(word)?.[1]).find(Boolean) ?? 'key'
    const headers = words.flatMap((word) => {
      const [, name, value] = HEADER.exec(word) ?? []
      return name && value ? [[name, value]] : []
    })
    const answer = await postDocument(
      api.url,
      { query, variables: (await this.#complete(JSON.parse(variables))) as Record<string, unknown> },
      { token: await this.#credential(who), headers: Object.fromEntries(headers) as Record<string, string> },
    )
    const { status, headers: _, ...body } = answer satisfies GraphQLAnswer<unknown>
    this.#status = status
    this.#keep(body)
    this.#login =
      this.#seen.findLast((text) => text.startsWith('token:'))?.slice('token:'.length) ?? this.#login
  }

  async #credential(who: string): Promise<string | null> {
    if (who === 'nobody') return null
    if (who === 'login') return this.#login
    return this.#world.makeKey(this.#person, who === 'reader' ? ['SESSIONS_READ'] : undefined)
  }

  #keep(answer: unknown): void {
    this.#answer = answer
    JSON.stringify(answer, (name, value: unknown) => {
      if (typeof value === 'string') this.#seen.push(value)
      if (name === 'token' && typeof value === 'string') this.#seen.push(`token:${value}`)
      return value
    })
  }

  /** Variables as a reader would fill them in: with what came before, and with what came by mail. */
  async #complete(value: unknown): Promise<unknown> {
    if (Array.isArray(value)) return Promise.all(value.map((item) => this.#complete(item)))
    if (value !== null && typeof value === 'object') {
      const members = Object.entries(value).map(async ([name, member]) => [
        name,
        await this.#complete(member),
      ])
      return Object.fromEntries((await Promise.all(members)) as [string, unknown][])
    }
    if (typeof value !== 'string' || !value.includes('…')) return value
    const link = /^…from the link to (\S+), (\S+)$/.exec(value)
    if (link) return mailedToken(this.#world.api, link[2] ?? '', link[1] ?? '')
    const [beginning = ''] = value.split('…')
    const found = this.#seen.findLast((text) => text.startsWith(beginning))
    if (found === undefined) throw new Error(`Nothing came before that begins with ${beginning}`)
    return found
  }

  #compareJson(text: string, status: string | undefined): void {
    if (status !== undefined && this.#status !== Number(status)) {
      throw new Error(`The status is ${this.#status}, shown as ${status}`)
    }
    const misfit = findMisfit(JSON.parse(text), this.#answer)
    if (misfit !== null) throw new Error(misfit)
  }

  #compareText(text: string): void {
    const pattern = text.trim().split('…').map(escapePattern).join('.+')
    if (!new RegExp(`^${pattern}$`).test(this.#output?.trim() ?? '')) {
      throw new Error(`The output is\n${this.#output}`)
    }
  }
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parseDockerfile } from './containers/parseDockerfile.ts'
import { parseDockerignore } from './containers/parseDockerignore.ts'
import { readCompose } from './containers/readCompose.ts'

const root = resolve(import.meta.dirname, '..')
const read = (name: string): string => readFileSync(join(root, name), 'utf8')
const text = read('docker-compose.yml')
const { services } = readCompose(text, {})
const ours = Object.entries(services).filter(([, service]) => service.build)
const stages = parseDockerfile(read('Dockerfile'))

/** The fields of an app's schema; the apps themselves are not for scripts to import. */
const declared = (file: string) =>
  [...read(file).matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name = '']) => name)

test('compose is read as compose reads it: merged, and with defaults inside of defaults', () => {
  const compose = `x: &x { a: 1 }\nservices: { one: { <<: *x, image: '\${A:-to \${B:-there}}', command: ['\${C:-}'] } }`
  expect(readCompose(compose, {}).services['one']).toEqual({ a: 1, image: 'to there', command: [''] })
  expect(readCompose(compose, { B: 'x: y' }).services['one']?.image).toBe('to x: y')
})

test('what compose passes to an app, the app knows', () => {
  expect(Object.keys(services)).toEqual(expect.arrayContaining(['migrate', 'api', 'worker', 'web']))
  for (const [name, { build, environment }] of ours) {
    const known = declared(build?.target === 'web' ? 'apps/web/server/env.ts' : 'apps/api/src/env.ts')
    expect(
      Object.keys(environment ?? {}).filter((variable) => !known.includes(variable)),
      name,
    ).toEqual([])
  }
})

test('what compose takes from the environment is explained in .env.example', () => {
  const explained = [...read('.env.example').matchAll(/^#?([A-Z][A-Z_]*)=/gm)].map(([, name]) => name)
  const taken = [...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name)
  expect(taken.length).toBeGreaterThan(5)
  expect(taken.filter((name) => !explained.includes(name))).toEqual([])
})

/** Attack: who broke into an app writes a program where it is started again, or uses what root may do. */
test('what is built here can write nothing but to volumes and /tmp, and has no privileges', () => {
  expect(ours.length).toBeGreaterThan(3)
  for (const [name, service] of ours) {
    expect(service, name).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    })
    const stage = stages.find((other) => other.name === service.build?.target)
    expect(stage?.instructions.findLast((instruction) => instruction.name === 'USER')?.text, name).toBe(
      'node',
    )
  }
})

/** Attack: who broke into the web app signs in as anybody, with the secret of the API. */
test('the web app is given its own secrets alone', () => {
  const names = services['web']?.volumes?.map((volume) => volume.split(':')[0])
  expect(names).toEqual(['web-secrets'])
  for (const name of ['api', 'worker'])
    expect(services[name]?.volumes).toEqual(['api-secrets:/secrets/api:ro'])
})

test('ports are open to this machine alone', () => {
  const ports = Object.values(services).flatMap((service) => service.ports ?? [])
  expect(ports.length).toBeGreaterThan(2)
  expect(ports.filter((port) => !/^127\.0\.0\.1:\d+:\d+$/.test(port))).toEqual([])
})

test('every service that others wait for has a health check, made of text', () => {
  for (const name of ['postgres', 'redis', 'mailbox', 'api', 'worker', 'web']) {
    const check = services[name]?.healthcheck?.test ?? []
    expect(check[0], name).toBe('CMD')
    expect(
      check.every((word) => typeof word === 'string'),
      name,
    ).toBe(true)
  }
})

test('what the Dockerfile copies from the checkout is there, and no secret and no test comes along', () => {
  const isIgnored = parseDockerignore(read('.dockerignore'))
  const copied = stages
    .flatMap(({ instructions }) => instructions)
    .filter(({ name, flags }) => name === 'COPY' && flags.length === 0)
    .flatMap(({ text }) => text.split(' ').slice(0, -1))
  expect(copied).toContain('apps/api')
  for (const path of copied) {
    expect(globSync(path, { cwd: root }), path).not.toEqual([])
    expect(isIgnored(path), path).toBe(false)
  }
  for (const path of ['.env', 'apps/api/.env', '.git', '.data', 'apps/api/src/env.test.ts', 'node_modules'])
    expect(isIgnored(path), path).toBe(true)
})

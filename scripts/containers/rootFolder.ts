import { copyFileSync, cpSync, existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findExecutable } from '@wellness/embedded/findExecutable'

export interface RootOptions {
  /** The folder that programs take for `/`. */
  root: string
  cwd: string
  env: NodeJS.ProcessEnv
  /** `root`, or `node`, whom the images of Node have as user 1000. */
  user: 'root' | 'node'
  /** Nothing but /tmp can be written to. */
  isReadOnly?: boolean
  /** Folders of this machine at paths of the root's. */
  mounts?: { source: string; target: string; isReadOnly?: boolean }[]
}

export interface RootCommand {
  command: string[]
  env: NodeJS.ProcessEnv
}

const SYSTEM = ['usr', 'bin', 'sbin', 'lib', 'lib64', 'etc', 'proc', 'dev']
const NODE_USER = '1000'

/**
 * Stands in for a container of an image of Node, without a container engine: what programs see as `/` is a folder of ours,
 * with the system of this machine mounted in and the Node that runs this. What the folder lacks is not there for them.
 */
export class RootFolder {
  /** Node and npm at a place of their own, and the users that images of Node have. */
  readonly #tools: string
  readonly #users: string

  constructor(folder: string) {
    if (process.platform !== 'linux' || process.getuid?.() !== 0)
      throw new Error('Folders are mounted and users changed, which takes root on Linux')
    this.#tools = join(folder, 'tools')
    this.#users = join(folder, 'users')
    mkdirSync(this.#tools, { recursive: true })
    mkdirSync(this.#users)
    copyFileSync(process.execPath, join(this.#tools, 'node'))
    const npm = findExecutable(['npm'])
    if (npm === null) throw new Error('npm is missing')
    cpSync(dirname(dirname(realpathSync(npm))), join(this.#tools, 'npm-package'), { recursive: true })
    for (const name of ['npm', 'npx']) {
      const script = `#!/bin/sh\nexec node /usr/local/bin/npm-package/bin/${name}-cli.js "$@"\n`
      writeFileSync(join(this.#tools, name), script, { mode: 0o755 })
    }
    const node = `node:x:${NODE_USER}:`
    writeFileSync(
      join(this.#users, 'passwd'),
      `root:x:0:0::/root:/bin/sh\n${node}${NODE_USER}::/home/node:/bin/sh\n`,
    )
    writeFileSync(join(this.#users, 'group'), `root:x:0:\n${node}\n`)
  }

  /** What to spawn for a command to run inside. */
  command(
    { root, cwd, env, user, isReadOnly = false, mounts = [] }: RootOptions,
    command: string[],
  ): RootCommand {
    const lines = ['set -eu', `mount --bind ${quote(root)} ${quote(root)}`, `cd ${quote(root)}`]
    for (const folder of [...SYSTEM, 'tmp', 'root', 'home/node'])
      mkdirSync(join(root, folder), { recursive: true })
    for (const folder of SYSTEM)
      if (existsSync(`/${folder}`)) lines.push(`mount --rbind /${folder} ${folder}`)
    lines.push(`mount --bind ${quote(this.#tools)} usr/local/bin`)
    for (const file of ['passwd', 'group'])
      lines.push(`mount --bind ${quote(join(this.#users, file))} etc/${file}`)
    if (isReadOnly) lines.push('mount -o remount,bind,ro .')
    for (const { source, target, ...mount } of mounts) {
      mkdirSync(join(root, target), { recursive: true })
      lines.push(`mount --bind ${quote(source)} ${quote(`.${target}`)}`)
      if (mount.isReadOnly) lines.push(`mount -o remount,bind,ro ${quote(`.${target}`)}`)
    }
    lines.push('mount -t tmpfs -o mode=1777 tmpfs tmp')
    const asUser =
      user === 'root'
        ? []
        : [
            'setpriv',
            '--reuid',
            NODE_USER,
            '--regid',
            NODE_USER,
            '--clear-groups',
            '--no-new-privs',
            '--pdeathsig',
            'TERM',
            '--',
          ]
    const inside = ['chroot', '.', '/bin/sh', '-c', 'cd "$0" && exec "$@"', cwd, ...asUser, ...command]
    lines.push(`exec ${inside.map(quote).join(' ')}`)
    return {
      command: ['unshare', '--mount', '--', '/bin/sh', '-c', lines.join('\n')],
      env: { PATH: PATHS, HOME: user === 'root' ? '/root' : '/home/node', ...env },
    }
  }
}

const PATHS = '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin'

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

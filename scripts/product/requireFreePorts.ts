import { connect, createServer } from 'node:net'

/** Refuses ports that cannot be listened on, with the variables that would change them. */
export async function requireFreePorts(ports: Record<string, number>): Promise<void> {
  const problems: string[] = []
  for (const [variable, port] of Object.entries(ports)) {
    const [other] = Object.entries(ports).find(([name, value]) => name !== variable && value === port) ?? []
    const problem =
      other === undefined
        ? await findProblem(variable, port)
        : `${variable} and ${other} are both ${port}: give each a port of its own`
    if (problem !== null) problems.push(problem)
  }
  if (problems.length > 0) throw new Error(problems.join('\n'))
}

async function findProblem(variable: string, port: number): Promise<string | null> {
  const code = await tryToListen(port)
  if (code === null) return null
  if (code === 'EACCES')
    return `Port ${port} is for the system's own servers: choose one above 1023 with ${variable}`
  // Linux lends ports from 32768 to 60999 to outgoing connections too; then there is no server to stop.
  return (await isServed(port))
    ? `Port ${port} is taken: free it, or choose another with ${variable}`
    : `Port ${port} is taken by an outgoing connection of some program: try again in a moment, or choose another with ${variable}`
}

/** Null when it can be listened on. */
function tryToListen(port: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(error.code) : reject(error),
    )
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(null)))
  })
}

function isServed(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true))
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED'))
    socket.once('connect', () => socket.destroy())
  })
}

import { createServer } from 'node:net'

/** Refuses ports that somebody listens on, with the variables that would change them. */
export async function requireFreePorts(ports: Record<string, number>): Promise<void> {
  const problems: string[] = []
  for (const [variable, port] of Object.entries(ports)) {
    const [other] = Object.entries(ports).find(([name, value]) => name !== variable && value === port) ?? []
    if (other !== undefined)
      problems.push(`${variable} and ${other} are both ${port}: give each a port of its own`)
    else if (!(await isFree(port)))
      problems.push(`Port ${port} is taken: free it, or choose another with ${variable}`)
  }
  if (problems.length > 0) throw new Error(problems.join('\n'))
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(false) : reject(error),
    )
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

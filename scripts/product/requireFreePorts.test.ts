import { connect, createServer, type AddressInfo } from 'node:net'
import { findFreePort } from '@wellness/embedded/freePort'
import { expect, test } from 'vitest'
import { requireFreePorts } from './requireFreePorts.ts'

test('every taken port is named with its variable, and free ones are not', async () => {
  const taken = await findFreePort()
  const free = await findFreePort()
  const server = createServer().listen(taken, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const refusal = requireFreePorts({ WEB_PORT: taken, API_PORT: free })
  await expect(refusal).rejects.toThrow(`Port ${taken} is taken: free it, or choose another with WEB_PORT`)
  await expect(refusal).rejects.not.toThrow('API_PORT')
  server.close()
})

test('two services that were given one port are told so', async () => {
  const port = await findFreePort()
  await expect(requireFreePorts({ WEB_PORT: port, API_PORT: port })).rejects.toThrow(
    'WEB_PORT and API_PORT are both',
  )
})

/** Linux takes the near end of outgoing connections from 32768 to 60999, and our PostgreSQL listens among them. */
test('a port that an outgoing connection has for the moment is told from one of a server', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const passing = connect((server.address() as AddressInfo).port, '127.0.0.1')
  await new Promise((resolve) => passing.once('connect', resolve))
  const { localPort = 0 } = passing
  await expect(requireFreePorts({ POSTGRES_PORT: localPort })).rejects.toThrow(
    `Port ${localPort} is taken by an outgoing connection of some program: try again in a moment, or choose another with POSTGRES_PORT`,
  )
  passing.destroy()
  server.close()
})

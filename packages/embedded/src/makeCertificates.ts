import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { requireProgram } from './requireProgram.ts'

/** Files in PEM. */
export interface Certificates {
  /** The certificate of the authority, which clients have to trust. */
  authorityFile: string
  certificateFile: string
  keyFile: string
}

const DAYS = '2'

/**
 * Makes an authority that nobody knows, and the certificate of a server that it signed.
 *
 * @param names what the certificate is made out to, such as `IP:127.0.0.1` or `DNS:localhost`.
 */
export async function makeCertificates(folder: string, names: string[]): Promise<Certificates> {
  const openssl = await requireProgram(['openssl'], 'openssl')
  mkdirSync(folder, { recursive: true })
  const file = (name: string): string => join(resolve(folder), name)
  const run = (...args: string[]) => promisify(execFile)(openssl, args)
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  await run(
    ...['req', '-x509', ...newKey, '-days', DAYS, '-subj', '/CN=authority of a test'],
    ...['-addext', 'keyUsage=critical,keyCertSign', '-keyout', file('ca.key'), '-out', file('ca.pem')],
  )
  await run(
    ...['req', ...newKey, '-subj', '/CN=server of a test'],
    ...['-keyout', file('server.key'), '-out', file('server.csr')],
  )
  writeFileSync(file('server.ext'), `subjectAltName=${names.join(',')}\n`)
  await run(
    ...['x509', '-req', '-in', file('server.csr'), '-CA', file('ca.pem'), '-CAkey', file('ca.key')],
    ...['-CAcreateserial', '-days', DAYS, '-extfile', file('server.ext'), '-out', file('server.pem')],
  )
  return {
    authorityFile: file('ca.pem'),
    certificateFile: file('server.pem'),
    keyFile: file('server.key'),
  }
}

import bcrypt from 'bcryptjs'
import { platform, setPriority } from 'node:os'
import { isMainThread } from 'node:worker_threads'

// One hash at cost 10 holds a thread for some 80 ms: on the main one, everybody would wait for everybody's password.
if (isMainThread) throw new Error('Passwords are hashed in worker threads only.')

/**
 * Where threads outnumber processors, the one that answers everybody goes first; of what is left a hash takes all. A tenth
 * of a processor remains its own, so that signing in goes on under any load.
 */
const NICE = 10
// On Linux alone it is the priority of this thread; elsewhere it would be that of the whole process.
if (platform() === 'linux') setPriority(NICE)

export type BcryptTask =
  | { kind: 'hash'; text: string; cost: number }
  | { kind: 'compare'; text: string; bcryptHash: string; cost: number }

export interface BcryptResult {
  hash: string
  matches: boolean
  /** How often bcrypt's inner loop ran. */
  rounds: number
}

/** Runs in a thread of PasswordHasher's pool. */
export default function runBcrypt(task: BcryptTask): BcryptResult {
  if (task.kind === 'hash') {
    return { hash: bcrypt.hashSync(task.text, task.cost), matches: false, rounds: 2 ** task.cost }
  }
  const { text, bcryptHash, cost } = task
  const storedCost = bcrypt.getRounds(bcryptHash)
  const matches = bcrypt.compareSync(text, bcryptHash)
  let rounds = 2 ** storedCost
  if (!matches) {
    // 2^c + 2^c + 2^(c+1) + … + 2^(cost-1) = 2^cost: a wrong password of an older, cheaper hash takes as long as the
    // check of an address that nobody has.
    for (let padding = storedCost; padding < cost; padding += 1) {
      bcrypt.hashSync(text, padding)
      rounds += 2 ** padding
    }
  }
  return { hash: bcryptHash, matches, rounds }
}

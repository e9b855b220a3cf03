import { entities } from './entities.ts'
import { readMigrationEnv } from './env.ts'
import { OperatorService } from './modules/identity/operator/operator.service.ts'
import { OperatorProblem } from './modules/identity/operator/operatorProblem.ts'
import { systemClock } from './platform/clock/systemClock.ts'
import { createOrm } from './platform/database/createOrm.ts'

const USAGE = `What the operator may do to an account, named by its e-mail address or its id (user_…):
  disable-user <user>   shut it: nobody is signed in any more, nobody can sign in
  enable-user <user>    open it again
  end-logins <user>     sign it out on every device
  revoke-keys <user>    revoke every API key that acts for it
  start-reset <user>    send its owner a link to choose a new password
Nobody can set a password.
`

const service = new OperatorService({ clock: systemClock })
const commands = {
  'disable-user': service.disable.bind(service),
  'enable-user': service.enable.bind(service),
  'end-logins': service.endLogins.bind(service),
  'revoke-keys': service.revokeKeys.bind(service),
  'start-reset': service.startReset.bind(service),
}

const [command = '', who = '', ...rest] = process.argv.slice(2)
if (!isCommand(command) || who === '' || rest.length > 0) {
  process.stderr.write(USAGE)
  process.exit(2)
}
const orm = createOrm({ url: readMigrationEnv().databaseUrl, entities })
try {
  process.stdout.write(`${await commands[command](orm.em.fork(), who)}\n`)
} catch (error) {
  if (!(error instanceof OperatorProblem)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
} finally {
  await orm.close()
}

function isCommand(text: string): text is keyof typeof commands {
  return Object.hasOwn(commands, text)
}

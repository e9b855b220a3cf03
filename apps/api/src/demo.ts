import { MINUTE } from '@wellness/domain/time'
import { makeDemoUser } from './demo/makeDemoUser.ts'
import { readDemoEnv, readEnv } from './env.ts'
import { PasswordHasher } from './modules/identity/passwords/passwordHasher.ts'
import { createServices } from './services.ts'

const { DEMO_EMAIL, DEMO_PASSWORD } = readDemoEnv()
const env = readEnv()
const services = createServices(env, 'demo')
try {
  const { keys, identity } = services
  const hasher = new PasswordHasher({ keys, pool: identity.bcryptPool, cost: env.BCRYPT_COST })
  const now = services.clock.now()
  await makeDemoUser(services.orm.em.fork(), hasher, {
    email: DEMO_EMAIL,
    password: DEMO_PASSWORD,
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    timeZoneOffsetMs: -now.getTimezoneOffset() * MINUTE,
    now,
  })
} finally {
  await services.close()
}

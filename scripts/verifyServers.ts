import { environment } from './env.ts'
import { pooler } from './servers/pooler.ts'
import { redisCluster } from './servers/redisCluster.ts'
import { redisTls } from './servers/redisTls.ts'
import { runApiTests } from './servers/runApiTests.ts'

const scenarios = [pooler, redisTls, redisCluster]
const names = scenarios.map(({ name }) => name)
/** Which scenarios, all when none is named; what is no name of one filters the test files. */
const wanted = process.argv.slice(2).filter((argument) => names.includes(argument))
const filters = process.argv.slice(2).filter((argument) => !names.includes(argument))

const lines: string[] = []
let failed = false
for (const scenario of scenarios) {
  if (wanted.length > 0 && !wanted.includes(scenario.name)) continue
  const { leftOut = [] } = scenario
  console.log(`\n${scenario.title}`)
  for (const { file, why } of leftOut) console.log(`Left out: ${file}, since ${why}`)
  const startedAt = Date.now()
  const running = await scenario.start()
  try {
    const { line, passed } = await runApiTests(
      { ...environment, ...running.env },
      { isShared: running.isShared, leftOut: leftOut.map(({ file }) => file) },
      filters,
    )
    failed ||= !passed
    const seconds = Math.round((Date.now() - startedAt) / 1000)
    lines.push(`${passed ? 'ok    ' : 'FAILED'} ${scenario.title}: ${line}; ${seconds} s`)
  } finally {
    await running.stop()
  }
}
console.log(`\n${lines.join('\n')}`)
process.exit(failed ? 1 : 0)

import { runInForeground } from './product/runInForeground.ts'

await runInForeground('production')

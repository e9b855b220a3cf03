import { emitSchema } from './emitSchema.ts'
import { generateClient } from './generateClient.ts'

await emitSchema('apps/api/schema.graphql')
await generateClient('write')
console.log('Generated apps/api/schema.graphql and packages/api-client/src/generated')

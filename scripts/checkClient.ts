import { generateClient } from './generateClient.ts'

try {
  await generateClient('compare')
} catch (error) {
  console.log(
    `${String(error)}\npackages/api-client/src/generated or apps/api/src/trustedDocuments.json is not what it is generated from: npm run generate`,
  )
  process.exitCode = 1
}

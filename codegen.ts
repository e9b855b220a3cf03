import { existsSync } from 'node:fs'
import type { CodegenConfig } from '@graphql-codegen/cli'

const served = 'apps/api/schema.graphql'
const contract = 'contract/1-foundation.graphql'

const config: CodegenConfig = {
  schema: existsSync(served) ? served : contract,
  documents: 'packages/api-client/operations/*.graphql',
  generates: {
    'packages/api-client/src/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        useTypeImports: true,
        importExtension: '.ts',
        enumsAsTypes: true,
        scalars: {
          ID: 'string',
          DateTime: 'string',
          Date: 'string',
          EmailAddress: 'string',
          TimeZone: 'string',
        },
        strictScalars: true,
        avoidOptionals: { field: true, inputValue: false },
      },
    },
  },
}

export default config

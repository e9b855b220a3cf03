import { existsSync } from 'node:fs'
import type { CodegenConfig } from '@graphql-codegen/cli'
import { preset as clientPreset } from '@graphql-codegen/client-preset'

const served = 'apps/api/schema.graphql'
const contract = 'contract/1-foundation.graphql'

/** The preset also writes a lookup by text and a barrel over both, whether anybody asks for them or not. */
const operationsOnly: typeof clientPreset = {
  ...clientPreset,
  async buildGeneratesSection(options) {
    const files = await clientPreset.buildGeneratesSection(options)
    return files.filter(({ filename }) => filename.endsWith('/graphql.ts'))
  },
}

const config: CodegenConfig = {
  schema: existsSync(served) ? served : contract,
  documents: 'packages/api-client/operations/*.graphql',
  generates: {
    'packages/api-client/src/generated/': {
      preset: operationsOnly,
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

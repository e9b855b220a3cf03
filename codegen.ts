import { existsSync } from 'node:fs'
import type { CodegenConfig } from '@graphql-codegen/cli'
import { preset as clientPreset } from '@graphql-codegen/client-preset'

const served = 'apps/api/schema.graphql'
const contract = 'contract/1-foundation.graphql'

/** What the API knows by its hash. It belongs to the API, which must not hang on the client's package. */
const TRUSTED_DOCUMENTS = 'apps/api/src/trustedDocuments.json'

/** The preset also writes a lookup by text and a barrel over both, whether anybody asks for them or not. */
const operationsOnly: typeof clientPreset = {
  ...clientPreset,
  async buildGeneratesSection(options) {
    const files = await clientPreset.buildGeneratesSection(options)
    return files.flatMap((file) => {
      if (file.filename.endsWith('/graphql.ts')) return [file]
      return file.filename.endsWith('/persisted-documents.json')
        ? [{ ...file, filename: TRUSTED_DOCUMENTS }]
        : []
    })
  },
}

const config: CodegenConfig = {
  schema: existsSync(served) ? served : contract,
  documents: 'packages/api-client/operations/*.graphql',
  generates: {
    'packages/api-client/src/generated/': {
      preset: operationsOnly,
      presetConfig: {
        fragmentMasking: false,
        persistedDocuments: { hashAlgorithm: 'sha256', mode: 'embedHashInDocument' },
      },
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

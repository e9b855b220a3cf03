import { existsSync } from 'node:fs'
import type { CodegenConfig } from '@graphql-codegen/cli'
import { preset as clientPreset } from '@graphql-codegen/client-preset'

type PluginMap = Awaited<ReturnType<typeof clientPreset.buildGeneratesSection>>[number]['pluginMap']

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
      if (file.filename.endsWith('/graphql.ts'))
        return [{ ...file, pluginMap: withoutDependency(file.pluginMap) }]
      return file.filename.endsWith('/persisted-documents.json')
        ? [{ ...file, filename: TRUSTED_DOCUMENTS }]
        : []
    })
  },
}

/**
 * For one type of three lines whoever installs the client would get a package, and graphql as its peer: the client has that
 * type itself.
 */
function withoutDependency(plugins: PluginMap): PluginMap {
  return Object.fromEntries(
    Object.entries(plugins).map(([name, plugin]) => [
      name,
      {
        ...plugin,
        plugin: async (...args: Parameters<typeof plugin.plugin>) => {
          const output = await plugin.plugin(...args)
          if (typeof output === 'string') return output
          return { ...output, prepend: output.prepend?.map(importOwnType) }
        },
      },
    ]),
  )
}

function importOwnType(line: string): string {
  return line.replace(
    /import type \{ DocumentTypeDecoration \} from .*/,
    "import type { DocumentTypeDecoration } from '../documentTypeDecoration.ts'",
  )
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

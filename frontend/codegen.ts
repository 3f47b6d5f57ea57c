import type { CodegenConfig } from '@graphql-codegen/cli'

const config: CodegenConfig = {
  schema: '../graphql/src/main/resources/graphql/schema.graphqls',
  documents: ['src/**/*.graphql'],
  generates: {
    './src/api/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        // DateTime and Decimal are JSON strings, Long is a JSON number.
        scalars: { DateTime: 'string', Decimal: 'string', Long: 'number' },
        defaultScalarType: 'unknown',
      },
    },
  },
}

export default config

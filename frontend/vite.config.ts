import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// While developing, the API of a running Hindcast is passed through.
const api = process.env.HINDCAST_API ?? 'http://localhost:8080'

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    sourcemap: false,
    rolldownOptions: {
      checks: { pluginTimings: false },
      output: {
        // What changes with the libraries is cached apart from what changes with us.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|wouter|regexparam|use-sync-external-store)[\\/]/ },
            { name: 'api', test: /node_modules[\\/](urql|@urql|wonka|graphql-ws|@0no-co)[\\/]/ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/graphql': { target: api, ws: true } } },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
})

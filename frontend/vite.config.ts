import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// The development server forwards API requests to a running Hindcast.
const api = process.env.HINDCAST_API ?? 'http://localhost:8080'

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    sourcemap: false,
    rolldownOptions: {
      checks: { pluginTimings: false },
      output: {
        // Libraries change less often than the dashboard and are cached separately.
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
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
})

import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

/** A machine that does much else at the time is slow; what hangs is still found. */
const settings = { testTimeout: 300_000, hookTimeout: 300_000, server: { deps: { inline: [/worker-mailer/] } } }

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  // What only workerd has. worker-mailer imports it, too, and is read as our own modules are.
  resolve: {
    alias: {
      'cloudflare:sockets': resolve('test/support/sockets.ts'),
      'worker-mailer': resolve('node_modules/worker-mailer/dist/index.mjs'),
    },
  },
  test: {
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          ...settings,
          name: 'code',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/browser/**'],
        },
      },
      {
        extends: true,
        test: {
          ...settings,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: 'test/support/browser-setup.ts',
        },
      },
    ],
  },
})

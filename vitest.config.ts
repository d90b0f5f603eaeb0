import { defineConfig } from 'vitest/config'

const settings = { testTimeout: 60_000, hookTimeout: 120_000 }

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
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

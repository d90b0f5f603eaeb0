import type { TestProject } from 'vitest/node'
import { launchChromium } from '#dev/chromium.ts'
import { startPortal } from '#dev/running-portal.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the running portal answers. */
    portal: string
    /** Where the running Chromium takes commands. */
    chromium: string
  }
}

/** One portal in workerd and one Chromium for all browser tests; both end with them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const chromium = await launchChromium()
  const portal = await startPortal().catch(async (error) => {
    await chromium.close()
    throw error
  })
  project.provide('portal', portal.origin)
  project.provide('chromium', chromium.wsEndpoint())
  return async () => {
    await chromium.close()
    await portal.stop()
  }
}

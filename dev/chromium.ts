import sparticuz from '@sparticuz/chromium'
import { type BrowserServer, chromium } from 'playwright-core'

/** What the package adds for its own purposes: the first two crash at the second page, the others would hide faults. */
const unwanted = new Set([
  '--single-process',
  '--no-zygote',
  '--disable-web-security',
  '--allow-running-insecure-content',
])

/** No call to the outside. */
const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts Chromium, from the npm package or from CHROME_PATH; whoever knows its address may connect. It ends with us. */
export async function launchChromium(): Promise<BrowserServer> {
  const own = process.env.CHROME_PATH
  return chromium.launchServer({
    executablePath: own || (await sparticuz.executablePath()),
    args: [...(own ? ['--no-sandbox'] : sparticuz.args.filter((flag) => !unwanted.has(flag))), ...quiet],
    headless: true,
  })
}

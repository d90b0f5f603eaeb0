import sparticuz from '@sparticuz/chromium'
import { type BrowserServer, chromium } from 'playwright-core'

/**
 * What the package adds for its own purposes: the first two crash at the second page, the next two would hide faults,
 * and the rest draws by a graphics card that is not there, which takes a fifth more time.
 */
const unwanted = new RegExp(
  '^--(single-process|no-zygote|disable-web-security|allow-running-insecure-content' +
    '|use-gl|use-angle|enable-unsafe-swiftshader|ignore-gpu-blocklist|in-process-gpu)\\b',
)

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
    args: [...(own ? ['--no-sandbox'] : sparticuz.args.filter((flag) => !unwanted.test(flag))), ...quiet],
    headless: true,
  })
}

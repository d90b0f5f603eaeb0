import { Secret, TOTP } from 'otpauth'
import type { Browser, Page, Portal } from './portal.ts'

/** An authenticator app: it knows the key that the page showed, and the portal's clock. */
export const appWith = (key: string, portal: Portal) => {
  const totp = new TOTP({ secret: Secret.fromBase32(key.replaceAll(' ', '')) })
  return { code: (steps = 0) => totp.generate({ timestamp: portal.deps.now().getTime() + steps * 30_000 }) }
}

const setup = 'form[action="/settings/two-factor"]'

/** Switches two-factor on as a person does; answers the app and the recovery codes that were shown. */
export async function switchOn(portal: Portal, browser: Browser) {
  const page = await browser.open('/settings/two-factor')
  const app = appWith(page.dom.querySelector(`${setup} code`)?.text ?? '', portal)
  const shown = await browser.submit(page, setup, { code: app.code() })
  return { app, shown, codes: codesIn(shown) }
}

/** The recovery codes that a page shows. */
export const codesIn = (page: Page): string[] => page.dom.querySelector('pre')?.text.split('\n') ?? []

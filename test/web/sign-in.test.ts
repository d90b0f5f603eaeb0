import { expect, test } from 'vitest'
import { ada } from '#dev/world/people.ts'
import { openPortal, signInAsAda } from '../support/portal.ts'

test('Ada signs in with e-mail and order number and sees her licenses (R1 R5 R11)', async () => {
  const portal = await openPortal()
  const browser = portal.browser()
  const page = await signInAsAda(browser)
  console.log(page.text.slice(0, 1500))
  expect(page.text).toContain(ada.activationKey)
})

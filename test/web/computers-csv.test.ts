import { expect, test } from 'vitest'
import { addComputers } from '#dev/bench/many-computers.ts'
import { demoPassword, fabrikam } from '#dev/world/people.ts'
import { chunkSize } from '#src/http/csv.ts'
import { openPortal, signIn } from '../support/portal.ts'

test('a list of any length streams chunk by chunk, read no faster than it is taken: memory stays flat (R229 R334 B10)', async () => {
  const portal = await openPortal()
  await portal.db.client.execute('update account_products set server_licenses = null')
  await addComputers(portal.db.client, fabrikam.accountId, 0, 3 * chunkSize)
  const fay = portal.browser()
  await signIn(fay, fabrikam.logins.full.email, demoPassword)
  await portal.deps.settled()
  portal.db.forget()
  const response = await fay.request('GET', '/computers.csv?product=live-patching,extended-support')
  const reader = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>
  let [lines, chunks, largest] = [0, 0, 0]
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    chunks++
    lines += value.filter((byte) => byte === 10).length
    largest = Math.max(largest, value.length)
    // One chunk may be made ahead of the one that is taken, and no more.
    expect(portal.db.trips.length).toBeLessThanOrEqual(chunks + 2)
  }
  expect([lines - 1, chunks]).toEqual([3 * chunkSize + 50, 4])
  expect(largest).toBeLessThan(500 * chunkSize)
  expect(portal.db.trips.every(({ mode }) => mode === 'read')).toBe(true)
})

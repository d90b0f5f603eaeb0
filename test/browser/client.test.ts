import { execFileSync } from 'node:child_process'
import { expect, inject, test } from 'vitest'
import { buildOpenapi } from '#dev/build-openapi.ts'
import { readLicenseFile, standingOf } from '#dev/client/license-file.ts'
import { type Computer, Portico, Refused, type State } from '#dev/client/portico.ts'
import { fabrikam, northwind } from '#dev/world/people.ts'

/** One call as the seller, to the running portal. */
async function asSeller(path: string, body: unknown) {
  const answer = await fetch(`${inject('portal')}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${northwind.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(201)
  return answer.json()
}

const computer = (n: number): Computer => ({
  ...{ product: 'remote-access', version: '17.30', fingerprint: `client-${process.pid}-${n}`, hostname: `CLIENT-${n}` },
})
const refusedWith = (act: Promise<unknown>) =>
  act.then(
    () => 'nothing',
    (error: unknown) => (error instanceof Refused ? error.code : String(error)),
  )

test('the client activates, checks in, is upgraded, goes offline, verifies, gives its place up: against workerd (R50 R52 R53 R54 R55 R303 R312)', async () => {
  const key = await asSeller('/activation-keys', { name: 'For the client' })
  const term = { kind: 'permanent' }
  const license = await asSeller(`/activation-keys/${key.id}/licenses`, {
    product: 'remote-access',
    edition: 'pro',
    size: 5,
    term,
  })
  const client = new Portico(inject('portal'), computer(1))
  const keys = await client.publicKeys()
  expect(await client.validate(key.code, keys)).toMatchObject({ valid: false, code: 'NO_MACHINE' })

  const first: State = await client.activate(key.code)
  expect(first.activation?.licenses).toMatchObject([{ id: license.id, edition: 'pro', size: 5, status: 'active' }])
  expect((await client.activate(key.code)).activation?.token).toBe(first.activation?.token)
  expect(await client.validate(key.code, keys)).toMatchObject({ valid: true, code: 'VALID' })
  expect([await client.checkIn(), await client.checkIn()]).toEqual([false, false])

  await asSeller(`/licenses/${license.id}/upgrades`, { size: 25 })
  expect(await client.checkIn()).toBe(true)
  expect(client.state?.activation?.licenses).toMatchObject([{ size: 25 }])

  // Started again without a network: state from the disk, keys that came with the software.
  const offline = new Portico('http://nowhere.invalid', computer(1), JSON.parse(JSON.stringify(client.state)))
  const { file, standing } = await offline.offline(keys)
  expect([file.data.size, standing.runs, standing.warns]).toEqual([25, true, false])
  const late = new Date(Date.now() + 31 * 86_400_000)
  expect(standingOf(file, computer(1).fingerprint, late)).toMatchObject({ runs: true, warns: true })
  expect(standingOf(file, computer(2).fingerprint, new Date())).toMatchObject({ runs: false })
  expect(standingOf(file, computer(1).fingerprint, new Date(Date.now() - 86_400_000))).toMatchObject({ runs: false })
  await expect(readLicenseFile(tampered(client.state?.licenseFile ?? ''), keys)).rejects.toThrow()

  // The license moves to another computer; the first is told to stop.
  const other = new Portico(inject('portal'), computer(2))
  const full = await other.activate(key.code).catch((error: Refused) => error.problem)
  expect(full).toMatchObject({ code: 'server-limit-reached', computers: [{ name: 'CLIENT-1' }] })
  await other.activate(key.code, (full as { computers: { id: string }[] }).computers[0]?.id)
  expect([await refusedWith(client.checkIn()), client.state]).toEqual(['activation-released', null])

  await other.release()
  expect(await refusedWith(client.activate('NOBO-DYHA-STHI-SKEY'))).toBe('activation-key-unknown')
  expect((await client.activate(key.code)).activation?.token).not.toBe(first.activation?.token)
})

/** The file with one letter of what is signed changed. */
function tampered(text: string): string {
  const body = text.replace(/-----[^-]+-----/g, '').replaceAll(/\s/g, '')
  const certificate = JSON.parse(Buffer.from(body, 'base64').toString())
  const payload = Buffer.from(certificate.enc, 'base64')
    .toString()
    .replace(/"size":\d+/, '"size":99')
  const forged = { ...certificate, enc: Buffer.from(payload).toString('base64') }
  return text.replace(/\n[\s\S]+\n(?=-----END)/, `\n${Buffer.from(JSON.stringify(forged)).toString('base64')}\n`)
}

test('the client without a line shows a request, and takes the file that was carried back for it (R312)', async () => {
  const key = await asSeller('/activation-keys', { name: 'For a vault' })
  await asSeller(`/activation-keys/${key.id}/licenses`, {
    ...{ product: 'remote-access', edition: 'pro', size: 5, term: { kind: 'permanent' } },
  })
  const online = new Portico(inject('portal'), computer(3))
  const keys = await online.publicKeys()
  const client = new Portico(inject('portal'), computer(4))
  const request = client.offlineRequest(key.code)
  expect(client.addressOf(request)).toBe(`${inject('portal')}/license-files/new?request=${request}`)

  const { licenseFile } = await asSeller('/license-files', { request })
  await expect(online.take(licenseFile, keys)).rejects.toThrow('The file is for another computer')
  await expect(client.take(tampered(licenseFile), keys)).rejects.toThrow('not signed by the vendor')
  expect([online.state, client.state]).toEqual([null, null])
  expect(await client.take(licenseFile, keys)).toMatchObject({ runs: true, warns: false })
  expect((await client.offline(keys)).file.data).toMatchObject({ product: 'remote-access', size: 5 })
  await expect(client.checkIn()).rejects.toThrow('does not talk to the portal')
})

test('a shell runs the examples of activations as they are written', async () => {
  const calls = Object.values(buildOpenapi().paths).flatMap((methods) => Object.values(methods))
  const said: Record<string, string> = {}
  for (const { operationId, 'x-curl': script } of calls.filter(({ tags }) => tags.includes('Software'))) {
    const here = script.replaceAll('http://localhost:8787', inject('portal')).replaceAll(/^curl |\$\(curl /gm, '$&-sf ')
    said[operationId] = execFileSync('bash', ['-ec', here], { encoding: 'utf8' })
  }
  expect(JSON.parse(said.validate ?? '')).toMatchObject({ valid: true, code: 'VALID', nonce: 'b81c' })
  expect(JSON.parse(said.checkIn ?? '').licenses).toMatchObject([{ kind: 'server' }])
  expect(said.readLicenseFile).toMatch(/^-----BEGIN LICENSE FILE-----/)
  const { id } = JSON.parse(said.activate ?? '')
  const headers = { authorization: `Bearer ${fabrikam.apiKey}` }
  const released = await fetch(`${inject('portal')}/api/v1/activations/${id}`, { method: 'DELETE', headers })
  expect(released.status).toBe(204)
})

import { ada, fabrikam } from '#dev/world/people.ts'
import type { Connection } from '#src/db/connection.ts'
import { createApp } from '#src/whole.ts'
import { type Answered, callChecked } from './api.ts'
import type { Portal } from './portal.ts'

/** What some software sends to be activated with Ada's key. */
export const adasSoftware = {
  activationKey: ada.activationKey,
  product: 'advanced-security',
  fingerprint: 'fingerprint-of-reading-2',
  hostname: 'READING-2',
} as const

/** The same of a server of Fabrikam's. */
export const serverSoftware = (n: number, activationKey: string = fabrikam.keys.livePatching.code) => ({
  ...{ activationKey, product: 'live-patching', fingerprint: `fingerprint-of-server-${n}` },
  hostname: `new-${n}.fabrikam.example`,
})

type Options = { readonly headers?: Record<string, string> }

/** Activates, held against the document. */
export const activate = (portal: Portal, body: Record<string, unknown>, options: Options = {}): Promise<Answered> =>
  callChecked(portal, 'POST', '/api/v1/activations', { body, ...options })

/** Validates; the answer is always 200. */
export async function validation(portal: Portal, body: Record<string, unknown>) {
  const answer = await callChecked(portal, 'POST', '/api/v1/validations', { body })
  return { status: answer.status, ...answer.body } as Answered['body']
}

type Activation = { readonly id: string; readonly token: string }

/** Checks in with the token of an activation. */
export const checkIn = (portal: Portal, { id, token }: Activation, body: unknown = {}, options: Options = {}) =>
  callChecked(portal, 'POST', `/api/v1/activations/${id}/check-ins`, { key: token, body, ...options })

/** Releases with a token or an API key. */
export const release = (portal: Portal, id: string, key: string) =>
  callChecked(portal, 'DELETE', `/api/v1/activations/${id}`, { key })

/** Calls of many computers at once: all have read before one of them writes. */
export function atOnce(portal: Portal, count: number) {
  let arrived = 0
  let start = () => {}
  const all = new Promise<void>((resolve) => {
    start = resolve
  })
  const db: Connection = {
    async batch(statements, mode) {
      const sets = await portal.db.batch(statements, mode)
      if (mode === 'read' && arrived < count) {
        if (++arrived === count) start()
        await all
      }
      return sets
    },
  }
  const app = createApp(() => ({ ...portal.deps, db }))
  return async (method: string, path: string, body?: unknown, token?: string) => {
    const response = await app.request(`https://portal.acme.example${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : JSON.parse(text) }
  }
}

import type { Connection } from '#src/db/connection.ts'
import { createApp } from '#src/whole.ts'
import type { Portal } from './portal.ts'

/**
 * The portal's app where the first so many reads wait for one another: everybody decides on the same rows before
 * anybody writes. A database in memory answers one request after the other and would race nobody.
 */
export function racingApp(portal: Portal, count: number): ReturnType<typeof createApp> {
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
  return createApp(() => ({ ...portal.deps, db }))
}

/** Forms sent at once by browsers that are signed in; answers their statuses. */
export async function submitTogether(
  portal: Portal,
  forms: readonly { cookies: Map<string, string>; path: string; fields: Record<string, string> }[],
) {
  const app = racingApp(portal, forms.length)
  return Promise.all(
    forms.map(async ({ cookies, path, fields }) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const headers = { cookie, origin, 'content-type': 'application/x-www-form-urlencoded' }
      const body = new URLSearchParams(fields).toString()
      return (await app.request(origin + path, { method: 'POST', headers, body })).status
    }),
  )
}

const origin = 'https://portal.acme.example'

/** The same app for calls. */
export function racing(portal: Portal, count: number) {
  const app = racingApp(portal, count)
  /** One call of the JSON API; answers its status and body. */
  return async (method: string, path: string, key: string, body?: unknown, more: Record<string, string> = {}) => {
    const response = await app.request(origin + path, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}), ...more },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : JSON.parse(text) }
  }
}

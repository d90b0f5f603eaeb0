import { createApp } from '#src/app.tsx'
import type { Connection } from '#src/db/connection.ts'
import type { Portal } from './portal.ts'

/**
 * The portal's app where the first so many reads wait for one another: everybody decides on the same rows before
 * anybody writes. A database in memory answers one request after the other and would race nobody.
 */
export function racing(portal: Portal, count: number) {
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
  /** One call of the JSON API; answers its status and body. */
  return async (method: string, path: string, key: string, body?: unknown) => {
    const response = await app.request(`https://portal.acme.example${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : JSON.parse(text) }
  }
}

import type { Hono } from 'hono'
import type { HttpEnv } from './context.ts'
import { type Guard, guardOf } from './guards.ts'

/** A line of the route table: what may be asked of which path, and who may. */
export type RouteLine = { readonly method: string; readonly path: string; readonly guard: Guard | undefined }

/** All routes of an app, each with its guard; lines of middleware alone are left out. */
export function routeTable(app: Hono<HttpEnv>): RouteLine[] {
  const lines = new Map<string, RouteLine>()
  for (const { method, path, handler } of app.routes) {
    if (method === 'ALL') continue
    const key = `${method} ${path}`
    lines.set(key, { method, path, guard: lines.get(key)?.guard ?? guardOf(handler) })
  }
  return [...lines.values()]
}

/** The methods that a path takes. */
export const methodsAt = (table: readonly RouteLine[], path: string): string[] =>
  table.filter((line) => matches(line.path, path)).map((line) => line.method)

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/')
  const given = path.split('/')
  return (
    wanted.length === given.length &&
    wanted.every((part, i) => (part.startsWith(':') ? given[i] !== '' : part === given[i]))
  )
}

import { paths } from '#views/paths.ts'
import { health } from './http/health.ts'
import { methodsAt, routeTable } from './http/route-table.ts'
import { pagesDoor } from './pages-door.ts'
import { type DepsFor, shellAround } from './shell.ts'
import { licensePages } from './web/licenses.tsx'
import { orderPages } from './web/orders.tsx'
import { pageProblem } from './web/problems.tsx'
import { signInPages } from './web/sign-in.tsx'

/** What most visitors come for: each of these is in what a Worker evaluates at their first request (budget B9). */
export const frontPages = [signInPages, licensePages, orderPages]

/** Pages of the back whose paths look like those of the front: `/licenses/bulk` is no license. */
const behind = new Set<string>([paths.bulkLicenses])

/** The front of the portal, the part of the portal that most visitors need, and which requests it takes. */
export function createFront(depsFor: DepsFor) {
  const app = shellAround([health, pagesDoor(frontPages)], depsFor, pageProblem)
  const table = routeTable(app)
  const takes = (method: string, path: string): boolean =>
    !behind.has(path) && methodsAt(table, path).includes(method === 'HEAD' ? 'GET' : method)
  return { app, takes }
}

import { expect, it } from 'vitest'
import { createFront } from '#src/front.ts'
import { methodsAt, type RouteLine, routeTable } from '#src/http/route-table.ts'
import { billing } from '#src/parts/billing.ts'
import { createMachines } from '#src/parts/machines.ts'
import { createPart } from '#src/parts/part.ts'
import { type PartName, partAt, partNames } from '#src/parts/path.ts'
import { people } from '#src/parts/people.ts'
import { reports } from '#src/parts/reports.ts'
import { shop } from '#src/parts/shop.ts'
import type { Deps } from '#src/use-cases/deps.ts'
import { createApp } from '#src/whole.ts'

const never = (): Deps => {
  throw new Error('Only the routes are looked at')
}
const front = createFront(never)
const named = ({ method, path }: RouteLine) => `${method} ${path}`
const ofFront = routeTable(front.app)
const all = routeTable(createApp(never))
const ofBack = all.filter((line) => !ofFront.some((one) => named(one) === named(line)))

it('has routes of the portal and takes each of them', () => {
  expect(ofFront.length).toBeGreaterThan(10)
  expect(all.map(named)).toEqual(expect.arrayContaining(ofFront.map(named)))
  expect(ofFront.filter(({ method, path }) => !front.takes(method, path)).map(named)).toEqual([])
})

it('takes nothing that is for a page behind it, though a pattern of its own should cover the path', () => {
  expect(ofBack.length).toBeGreaterThan(10)
  expect(ofBack.filter(({ method, path }) => front.takes(method, path)).map(named)).toEqual([])
})

it('is covered by no pattern behind it, for in the whole portal that would come first', () => {
  const covered = ofFront.filter(({ method, path }) => methodsAt(ofBack, path).includes(method))
  expect(covered.map(named)).toEqual([])
})

it('takes HEAD where it takes GET, and nothing that it does not know', () => {
  expect(front.takes('HEAD', '/licenses/lic_1')).toBe(true)
  expect(front.takes('DELETE', '/licenses/lic_1')).toBe(false)
  expect(front.takes('GET', '/licenses/lic_1/nothing/here')).toBe(false)
  expect(front.takes('GET', '/licenses/bulk')).toBe(false)
})

const parts: Record<PartName, ReturnType<typeof createMachines>> = {
  machines: createMachines(never),
  shop: createPart(shop, never),
  billing: createPart(billing, never),
  people: createPart(people, never),
  reports: createPart(reports, never),
}

it.each(partNames)('leaves to the part %s what is its own, by path alone, and that has nothing else', (name) => {
  const own = routeTable(parts[name]).map(named).toSorted()
  const byPath = all.filter(({ path }) => partAt(path) === name).map(named)
  expect(byPath.toSorted()).toEqual(own)
})

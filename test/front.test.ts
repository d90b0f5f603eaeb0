import { expect, it } from 'vitest'
import { createFront } from '#src/front.ts'
import { methodsAt, type RouteLine, routeTable } from '#src/http/route-table.ts'
import { ofShop } from '#src/parts.ts'
import { createShop } from '#src/shop.ts'
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

it('leaves to the shop what is the shop’s, by path alone, and the shop has nothing else', () => {
  const ofShopPart = routeTable(createShop(never)).map(named)
  expect(ofShopPart.length).toBeGreaterThan(10)
  expect(
    all
      .filter(({ path }) => ofShop.test(path))
      .map(named)
      .sort(),
  ).toEqual(ofShopPart.toSorted())
})

import { describe, expect, test } from 'vitest'
import { accountKinds } from '#src/domain/accounts/account.ts'
import { type Act, acts, allows } from '#src/domain/accounts/acts.ts'
import { type Permission, permissionHeldBy, permissions, type Role, roles } from '#src/domain/accounts/permissions.ts'
import { wronglyDecided } from '../../guards/rights.ts'

/** The matrix of the seeds, cell by cell: a row for each permission, a column for each role. */
const matrix: Record<Permission, string> = {
  'products.view': '● ● ● ● ● ●',
  'licenses.view': '● ● ● ● ● ●',
  reporting: '● · ● ● ● ●',
  'servers.edit': '● · ● ● · ·',
  'activation-keys.create': '● · ● ● · ·',
  'licenses.order': '● · ● · · ·',
  'invoices.view': '● ● · · ● ·',
  'billing.view': '● ● · · ● ·',
  'cards.edit': '● ● · · · ·',
  'account.edit': '● ● · · · ·',
  'billing.edit': '● ● · · · ·',
  'prices.view': '● ● · · · ·',
  'account.view': '● ● · · · ·',
  'password.change': '● · · · · ·',
}

describe('the fourteen permissions and six roles', () => {
  test('are the matrix of the seeds, every cell of it (Decision 11, T2)', () => {
    expect(Object.keys(permissions)).toEqual(Object.keys(matrix))
    for (const [permission, cells] of Object.entries(matrix) as [Permission, string][]) {
      const held = roles.map((role) => (permissionHeldBy(role, permission) ? '●' : '·')).join(' ')
      expect([permission, held]).toEqual([permission, cells])
    }
  })

  test('give the roles 14, 9, 6, 5, 5 and 3 (T2)', () => {
    const counts = roles.map((role) =>
      Object.keys(permissions).filter((one) => permissionHeldBy(role, one as Permission)),
    )
    expect(counts.map(({ length }) => length)).toEqual([14, 9, 6, 5, 5, 3])
  })
})

describe('a cell of the matrix that is flipped', () => {
  const actsUnder = (permission: Permission) =>
    Object.values(acts).filter((rule) => rule.permission === permission && !('master' in rule))

  test.each(Object.keys(permissions) as Permission[])(
    'under %s lets somebody do what is not theirs, or bars them, and is found out (T2)',
    (permission) => {
      for (const role of roles) {
        const flipped = (one: Role, asked: Permission) =>
          permissionHeldBy(one, asked) !== (one === role && asked === permission)
        const found = wronglyDecided((rights, act) => allows(rights, act, flipped))
        if (actsUnder(permission).length > 0) expect([role, found.length > 0]).toEqual([role, true])
        const row = roles.map((one) => (flipped(one, permission) ? '●' : '·')).join(' ')
        expect([role, row]).not.toEqual([role, matrix[permission]])
      }
    },
  )
})

describe('acts', () => {
  const kinds = accountKinds
  const every = Object.keys(acts) as Act[]

  test('stand each under a permission that exists, and none is open to a kind of account that there is not', () => {
    for (const act of every) {
      expect(permissions).toHaveProperty([acts[act].permission])
      expect(kinds).toEqual(expect.arrayContaining([...acts[act].accounts]))
    }
  })

  test('are decided by kind of account, then role; a key that only reads changes nothing (T2)', () => {
    for (const act of every) {
      const rule = acts[act]
      for (const accountKind of kinds) {
        const isCustomers = accountKind === 'customer' && 'ofCustomers' in rule
        const permission = isCustomers ? rule.ofCustomers : rule.permission
        for (const role of roles) {
          const fits = (rule.accounts as readonly string[]).includes(accountKind) && permissionHeldBy(role, permission)
          const isMaster = 'master' in rule
          expect(allows({ accountKind, role, access: 'write', isMaster }, act)).toBe(fits)
          expect(allows({ accountKind, role, access: 'read', isMaster }, act)).toBe(fits && !rule.changes)
        }
        const own = (rule.accounts as readonly string[]).includes(accountKind) && rule.orderNumber
        expect(allows({ accountKind, role: null, access: 'write' }, act)).toBe(own)
      }
    }
  })

  test('an order number gives a customer their licenses and orders, and nothing of the account (Decision 11)', () => {
    const rights = { accountKind: 'customer', role: null, access: 'write' } as const
    expect(allows(rights, 'license.read')).toBe(true)
    expect(allows(rights, 'license.comment')).toBe(true)
    expect(allows(rights, 'order.read')).toBe(true)
    expect(allows(rights, 'license.delete')).toBe(false)
  })
})

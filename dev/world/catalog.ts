import type { editions, families, products } from '#src/db/schema/catalog.ts'
import type { Unit } from '#src/domain/catalog/offer.ts'

type Row<T extends { $inferInsert: object }> = T['$inferInsert']

export const familyRows: Row<typeof families>[] = [
  { code: 'remote-access', name: 'Remote Access', position: 1 },
  { code: 'live-patching', name: 'Live Patching', managedBy: 'sales', position: 2 },
  { code: 'extended-support', name: 'Extended Support', managedBy: 'account', position: 3 },
]

const product = (familyCode: string, position: number, code: string, name: string, unit: Unit, trialMaxDays = 0) => ({
  code,
  familyCode,
  name,
  unit,
  pricingRule: unit === 'user' ? ('perpetual' as const) : ('time-based' as const),
  trialMaxDays,
  // A license moves to another computer once a week at most; servers come and go as their keys allow.
  releasesPerYear: unit === 'server' ? null : 52,
  position,
})

export const productRows: Row<typeof products>[] = [
  product('remote-access', 1, 'remote-access', 'Remote Access', 'user', 30),
  product('remote-access', 2, 'advanced-security', 'Advanced Security', 'user', 30),
  product('remote-access', 3, 'remote-work', 'Remote Work', 'workstation'),
  product('remote-access', 4, 'remote-support', 'Remote Support', 'channel'),
  product('live-patching', 5, 'live-patching', 'Live Patching', 'server'),
  product('extended-support', 6, 'extended-support', 'Extended Support', 'server'),
  product('extended-support', 7, 'extended-support-sla', 'Extended Support SLA', 'server'),
]

export const editionRows: Row<typeof editions>[] = [
  { productCode: 'remote-access', code: 'essentials', name: 'Essentials', rank: 1 },
  { productCode: 'remote-access', code: 'pro', name: 'Pro', rank: 2 },
  { productCode: 'remote-access', code: 'enterprise', name: 'Enterprise', rank: 3 },
  { productCode: 'advanced-security', code: 'essentials', name: 'Essentials', rank: 1 },
  { productCode: 'advanced-security', code: 'ultimate', name: 'Ultimate', rank: 2 },
  ...productRows
    .filter(({ unit }) => unit !== 'user')
    .map(({ code }) => ({ productCode: code, code: 'standard', name: 'Standard', rank: 1 })),
]

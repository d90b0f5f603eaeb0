import type { Assigned, EndCustomer } from './sellers.ts'

const access = (edition: string, size: Assigned['what'][2], more: Omit<Assigned, 'what'>): Assigned => ({
  what: ['remote-access', edition, size],
  ...more,
})
const security = (edition: string, more: Omit<Assigned, 'what'>): Assigned => ({
  what: ['advanced-security', edition, 'unlimited'],
  ...more,
})

/** Northwind's own: support over and in grace, ending today, this week, within 30, 60 and 90 days, later; trials. */
export const northwindCustomers: readonly EndCustomer[] = [
  {
    ...{ slug: 'jansen', name: 'Bakkerij Jansen', email: 'info@bakkerij-jansen.example', code: 'BAKK-ER1J-JANS-2B00' },
    licenses: [
      access('pro', 10, { supportEnds: 6, on: 'KASSA-1', comment: 'Hoofdvestiging' }),
      access('essentials', 3, { supportEnds: 27, on: 'KASSA-2' }),
      security('essentials', { supportEnds: 27 }),
    ],
  },
  {
    ...{ slug: 'vermeer', name: 'Notariaat Vermeer', email: 'ict@vermeer.example' },
    licenses: [
      access('enterprise', 10, { supportEnds: -3, on: 'NOTARIS-RDS' }),
      security('ultimate', { supportEnds: -3, comment: 'Renew together with Remote Access' }),
    ],
  },
  {
    ...{ slug: 'zuid', name: 'Huisartsen Zuid', email: 'beheer@huisartsen-zuid.example' },
    licenses: [
      access('pro', 25, { supportEnds: 0, on: 'PRAKTIJK-01' }),
      access('pro', 25, { supportEnds: 58 }),
      security('essentials', { supportEnds: 12, on: 'PRAKTIJK-02' }),
      security('essentials', { supportEnds: 85 }),
    ],
  },
  {
    ...{ slug: 'delta', name: 'Delta Logistiek', email: 'support@delta-logistiek.example' },
    licenses: [
      access('enterprise', 'unlimited', { supportEnds: 340, on: 'WMS-RDS-A' }),
      access('enterprise', 'unlimited', { supportEnds: -45, on: 'WMS-RDS-B', comment: 'Reminded twice' }),
      access('essentials', 25, { supportEnds: -210 }),
    ],
  },
  {
    ...{ slug: 'atelier', name: 'Atelier Møller', email: 'post@atelier-moller.example' },
    licenses: [
      access('essentials', 5, { daysAgo: 90, comment: 'Without support, by their own wish' }),
      access('pro', 5, { supportEnds: 44, on: 'ATELIER-PC' }),
    ],
  },
  {
    ...{ slug: 'school', name: 'Lyceum De Brug', email: 'ict@debrug.example' },
    licenses: [
      access('pro', 10, { trialEnds: 9, comment: 'Trial for the computer room' }),
      security('ultimate', { trialEnds: -2 }),
    ],
  },
  {
    ...{ slug: 'kade', name: 'Hotel De Kade', email: 'receptie@dekade.example' },
    licenses: [access('essentials', 10, { trialEnds: 3, on: 'BALIE-1' }), security('essentials', { supportEnds: 180 })],
  },
]

export const tailspinCustomers: readonly EndCustomer[] = [
  {
    ...{ slug: 'douro', name: 'Adega do Douro', email: 'ti@adegadouro.example' },
    licenses: [
      access('pro', 10, { supportEnds: 15, on: 'ADEGA-01', comment: 'Armazém' }),
      access('pro', 10, { supportEnds: -8 }),
      security('essentials', { daysAgo: 40 }),
    ],
  },
  {
    ...{ slug: 'ribeira', name: 'Clínica Ribeira', email: 'geral@clinicaribeira.example' },
    licenses: [access('essentials', 5, { daysAgo: 120 }), access('pro', 10, { supportEnds: 71, on: 'CLINICA-SRV' })],
  },
]

export const wingtipCustomers: readonly EndCustomer[] = [
  {
    ...{ slug: 'gravensteen', name: 'Gravensteen Vastgoed', email: 'it@gravensteen.example' },
    licenses: [
      access('enterprise', 25, { supportEnds: 33, on: 'VASTGOED-TS' }),
      access('pro', 5, { supportEnds: -120 }),
      security('essentials', { supportEnds: 33 }),
    ],
  },
  {
    ...{ slug: 'leie', name: 'Leie Drukkers', email: 'info@leiedrukkers.example' },
    licenses: [access('pro', 5, { supportEnds: 220, on: 'DRUK-01' }), security('essentials', { trialEnds: 12 })],
  },
]

export const prosewareCustomers: readonly EndCustomer[] = [
  {
    ...{ slug: 'printen', name: 'Printen & Söhne', email: 'edv@printen.example' },
    licenses: [
      access('pro', 5, { supportEnds: 21, on: 'BACKSTUBE', comment: 'Öffnet um fünf' }),
      security('essentials', { daysAgo: 200 }),
    ],
  },
]

export const southridgeCustomers: readonly EndCustomer[] = [
  {
    ...{ slug: 'mesa', name: 'Mesa Dental', email: 'office@mesadental.example' },
    licenses: [
      access('pro', 10, { supportEnds: 18, on: 'MESA-FRONT' }),
      access('pro', 3, { supportEnds: -30 }),
      security('essentials', { supportEnds: 100 }),
      security('ultimate', { trialEnds: 6 }),
    ],
  },
]

export const lucerneCustomers: readonly EndCustomer[] = [
  {
    ...{ slug: 'pilatus', name: 'Pilatus Treuhand', email: 'it@pilatus.example' },
    licenses: [access('essentials', 5, { supportEnds: -60, on: 'TREUHAND' })],
  },
]

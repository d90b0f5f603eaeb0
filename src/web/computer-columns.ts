import type { ComputerRow } from '#src/db/computers.ts'
import { computerStanding } from '#src/domain/computers/computer.ts'
import type { Column } from '#src/http/csv.ts'
import { standingNames } from '#views/components/machine-state.tsx'

/** Columns for people: computers with what runs on them. */
export const computerColumns = (now: Date): readonly Column<ComputerRow>[] => [
  ['Name', (row) => row.name],
  ['IP', (row) => row.ip],
  ['Registered (UTC)', (row) => row.registeredAt.toISOString()],
  ['Group', (row) => row.groupName],
  ['Products', (row) => row.products.map(({ name, version }) => (version ? `${name} ${version}` : name)).join(', ')],
  ['Last check-in (UTC)', (row) => row.lastCheckInAt?.toISOString() ?? null],
  ['Status', (row) => standingNames[computerStanding(row.products, now)]],
  ['Activation keys', (row) => [...new Set(row.products.map(({ key }) => key))].join(', ')],
  ['Licenses', (row) => row.products.flatMap(({ license }) => license ?? []).join(', ')],
  ['Account', (row) => row.accountName],
  ['Host name', (row) => row.hostname],
  ['Fingerprint', (row) => row.fingerprint],
]

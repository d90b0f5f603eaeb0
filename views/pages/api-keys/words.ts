import { roleNames } from '#src/domain/accounts/permissions.ts'
import type { ApiKeyState, ApiKeySummary } from '#src/domain/api-keys/api-key.ts'
import type { ActsAs, lifetimes, overlaps } from '#src/domain/api-keys/wanted.ts'

export const accessNames = { read: 'Read only', write: 'Read and write' } as const

export const actsAsNames: Record<ActsAs, string> = { master: 'The master login', ...roleNames }

export const lifetimeNames: Record<(typeof lifetimes)[number], string> = {
  '30': '30 days',
  '90': '90 days',
  '180': '180 days',
  '365': 'A year',
  never: 'Until it is revoked',
}

export const overlapNames: Record<(typeof overlaps)[number], string> = {
  '0': 'It ends at once',
  '1': 'For one hour',
  '24': 'For one day',
  '168': 'For one week',
}

export const stateNames: Record<ApiKeyState, { text: string; tone: 'good' | 'soft' }> = {
  active: { text: 'Works', tone: 'good' },
  expired: { text: 'Expired', tone: 'soft' },
  revoked: { text: 'Revoked', tone: 'soft' },
}

/** Whom a key acts as, and whether it changes anything. */
export const rightsOf = ({ isMaster, role, access }: Pick<ApiKeySummary, 'isMaster' | 'role' | 'access'>): string =>
  `${actsAsNames[isMaster ? 'master' : role]}, ${accessNames[access].toLowerCase()}`

export const rangesOf = ({ allowedRanges }: Pick<ApiKeySummary, 'allowedRanges'>): string =>
  allowedRanges === null ? 'Everywhere' : allowedRanges.join(', ')

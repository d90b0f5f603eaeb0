import { type KeyRow, keyPosition, listActivationKeys } from '#src/db/activation-keys.ts'
import type { ActivationKeyFilter } from '#src/domain/activation-keys/filter.ts'
import { cursorAfter, type List, placeAfter } from './list.ts'

/** What a cursor of activation keys holds. */
export const keyPlace = { accountN: 'number', product: 'string', id: 'string' } as const

/** Activation keys under a filter, one's own first. */
export const activationKeyList = (filter: ActivationKeyFilter): List<KeyRow> => ({
  read: (reach, { limit, cursor }) => listActivationKeys(reach, filter, { limit, ...placeAfter(cursor, keyPlace) }),
  cursorAfter: (row) => cursorAfter(keyPosition(row)),
})

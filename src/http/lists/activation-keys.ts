import { type KeyListRow, keyPosition, listActivationKeys } from '#src/db/key-lists.ts'
import { searchActivationKeys } from '#src/db/key-search.ts'
import type { ActivationKeyFilter } from '#src/domain/activation-keys/filter.ts'
import { cursorAfter, type List, placeAfter } from './list.ts'

/** What a cursor of activation keys holds. */
export const keyPlace = { way: 'number', value: 'string', id: 'string' } as const

/** A list is read in its order, a search by what finds best. */
export const keysUnder = ({ q }: ActivationKeyFilter) => (q === '' ? listActivationKeys : searchActivationKeys)

/** Activation keys under a filter, one's own first. */
export const activationKeyList = (filter: ActivationKeyFilter): List<KeyListRow> => ({
  read: (reach, { limit, cursor }) => keysUnder(filter)(reach, filter, { limit, ...placeAfter(cursor, keyPlace) }),
  cursorAfter: (row) => cursorAfter(keyPosition(row)),
})

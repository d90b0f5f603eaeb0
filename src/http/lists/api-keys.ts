import { type ApiKeyRow, listApiKeys } from '#src/db/api-keys.ts'
import { cursorAfter, type List, placeAfter } from './list.ts'

const place = { value: 'string' } as const

/** The API keys of one's own account, newest first. */
export const apiKeyList = (): List<ApiKeyRow> => ({
  read: (reach, { limit, cursor }) => listApiKeys(reach, { limit, ...placeAfter(cursor, place) }),
  cursorAfter: (row) => cursorAfter({ value: row.id }),
})

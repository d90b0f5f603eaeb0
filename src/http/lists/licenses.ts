import { type SearchCursor, searchLicenses } from '#src/db/license-search.ts'
import { type LicenseRow, listLicenses, sortValue } from '#src/db/licenses.ts'
import type { Day } from '#src/domain/day.ts'
import type { LicenseFilter } from '#src/domain/licenses/filter.ts'
import { cursorAfter, type List, placeAfter } from './list.ts'

/** Licenses under a filter, with a search or without. */
export const licenseList = (filter: LicenseFilter, today: Day): List<LicenseRow> =>
  filter.q === '' ? sortedList(filter, today) : searchList(filter, today)

const place = { way: 'number', value: 'string', n: 'number' } as const

const sortedList = (filter: LicenseFilter, today: Day): List<LicenseRow> => ({
  read: (reach, { limit, cursor }) => listLicenses(reach, filter, today, { limit, ...placeAfter(cursor, place) }),
  cursorAfter: (row) => cursorAfter({ way: 0, value: sortValue(filter.sort, row), n: row.n }),
})

const searchList = (filter: LicenseFilter, today: Day): List<LicenseRow & SearchCursor> => ({
  read: (reach, { limit, cursor }) => searchLicenses(reach, filter, today, { limit, ...placeAfter(cursor, place) }),
  cursorAfter: ({ way, value, n }) => cursorAfter({ way, value, n }),
})

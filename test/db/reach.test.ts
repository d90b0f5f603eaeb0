import { expect, test } from 'vitest'
import { freshDatabase } from '../support/database.ts'

test('migrations apply to an empty database', async () => {
  const db = await freshDatabase()
  expect(await db.rows('select count(*) as n from accounts')).toEqual([{ n: 0 }])
})

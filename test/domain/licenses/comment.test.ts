import { expect, test } from 'vitest'
import { commentError, commentFrom } from '#src/domain/licenses/comment.ts'
import { freshDatabase } from '../../support/database.ts'

test('a comment loses control characters and the blanks around it, and nothing else', () => {
  expect(commentFrom('  a\u0000b\u0007c\r\nd\t\u200fمرحبا 👩‍👩‍👧 ')).toBe('abc\nd\t\u200fمرحبا 👩‍👩‍👧')
})

test('its length is what the database counts', async () => {
  const db = await freshDatabase()
  for (const text of ['é', 'e\u0301', '👩‍👩‍👧', '\ud800', 'ﷺ', 'x'.repeat(600)]) {
    const comment = commentFrom(text.repeat(3))
    const [row] = await db.rows('select length(?) as n', comment)
    expect(Array.from(comment).length).toBe(row?.n)
  }
})

test('500 characters fit, one more does not, and it says by how much', () => {
  expect(commentError('🖥'.repeat(500))).toBeNull()
  expect(commentError('🖥'.repeat(501))).toMatchObject({ pointer: 'comment', code: 'too-long' })
  expect(commentError('x'.repeat(612))?.detail).toContain('612')
})

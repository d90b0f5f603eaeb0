import { PDF } from '@libpdf/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linesOf, widthsOf } from '#src/gateways/pdf/lines.ts'
import { type PdfBlock, pdfOf } from '#src/gateways/pdf.ts'
import { runs } from '../../support/runs.ts'

const made = (blocks: readonly PdfBlock[]) =>
  pdfOf({
    title: 'Support ends',
    author: 'Acme',
    foot: 'Made by Acme',
    madeAt: new Date('2026-08-21T09:30:00Z'),
    blocks,
  })
const pagesOf = async (bytes: Uint8Array) => (await PDF.load(bytes)).getPages().map((page) => page.extractText().text)

test('what people are called prints: Polish, Cyrillic, Greek, the signs of currencies', async () => {
  const [page] = await pagesOf(await made([{ is: 'text', text: 'Łódź, Željko, Ελλάδα, Київ, 12.00 €, £ 3' }]))
  expect(page).toContain('Łódź, Željko, Ελλάδα, Київ, 12.00 €, £ 3')
})

test('a sign that no font has, and one that steers, break nothing', async () => {
  const [page] = await pagesOf(await made([{ is: 'text', text: 'a\u202Eb\0c\u0007 漢字 \u{1F600} \uD800 end' }]))
  expect(page).toMatch(/a.b.c. .* end/)
})

test('a table goes on over pages, each with its head and number; a text of any length stays in its row', async () => {
  const rows = Array.from({ length: 120 }, (_, i) => [`row ${i}`, i === 60 ? 'long '.repeat(2000) : 'short'])
  const pages = await pagesOf(await made([{ is: 'table', head: ['Name', 'Comment'], rows }]))
  expect(pages.length).toBeGreaterThan(2)
  pages.forEach((page, i) => {
    expect(page).toContain('Comment')
    expect(page).toContain(`${i + 1} / ${pages.length}`)
  })
  expect(rows.filter(([name]) => !pages.some((page) => page.includes(String(name))))).toEqual([])
})

test('it holds only the signs that it uses', async () => {
  expect((await made([{ is: 'text', text: 'short' }])).length).toBeLessThan(100_000)
})

describe('lines', () => {
  const measure = (text: string) => text.length
  test('are never wider than they may be, and lose nothing but the space between words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        const lines = linesOf(text, width, measure)
        expect(lines.filter((line) => line.length > width)).toEqual([])
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      }),
      runs,
    )
  })

  test('columns fill the width of the page, and a narrow one keeps what it wants', () => {
    const wants = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(wants, (wanted) => {
        const widths = widthsOf(wanted, 500)
        expect(widths.reduce((sum, one) => sum + one, 0)).toBeCloseTo(500, 6)
        expect(widths.every((one, i) => one >= Math.min(wanted[i] ?? 0, 500 / wanted.length) - 1e-9)).toBe(true)
      }),
      runs,
    )
  })
})

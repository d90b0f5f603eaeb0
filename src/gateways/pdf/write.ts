import { type EmbeddedFont, PDF, type PDFPage, rgb } from '@libpdf/core'
import type { PdfBlock, PdfDocument, PdfTable } from './document.ts'
import { boldFont, plainFont } from './fonts.generated.ts'
import { linesOf, widthsOf } from './lines.ts'

const margin = 48
const black = rgb(0.1, 0.1, 0.12)
const gray = rgb(0.4, 0.4, 0.44)
const line = rgb(0.8, 0.8, 0.83)

/** What is written with; sizes and heights are points. */
type Style = { readonly font: EmbeddedFont; readonly size: number; readonly color: ReturnType<typeof rgb> }

/** A document as the bytes of a PDF: DejaVu Sans writes Latin, Greek and Cyrillic and the signs of currencies. */
export async function writePdf(document: PdfDocument): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = PDF.create()
  pdf.setTitle(document.title, { showInWindowTitleBar: true })
  pdf.setAuthor(document.author)
  pdf.setLanguage('en')
  pdf.setCreationDate(document.madeAt)
  pdf.setModificationDate(document.madeAt)
  const plain = pdf.embedFont(await unpacked(plainFont))
  const bold = pdf.embedFont(await unpacked(boldFont))
  const paper = new Paper(pdf, document.isLandscape ?? false, plain, bold)
  paper.write(document.title, { font: bold, size: 18, color: black })
  for (const block of document.blocks) writeBlock(paper, block)
  paper.number(document.foot)
  const bytes = await pdf.save({ subsetFonts: true })
  return new Uint8Array(bytes)
}

/** Fonts are kept compressed and as text, for they are part of a module. */
async function unpacked(font: string): Promise<Uint8Array> {
  const packed = Uint8Array.from(atob(font), (sign) => sign.charCodeAt(0))
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** What a font has no sign for, and what would steer the paper, is written as a box. */
const printable = (text: string): string => text.normalize('NFC').replace(/[^\P{C}\n]/gu, '\u25a1')

/** Pages under a pen that goes down and on to the next one. */
class Paper {
  readonly width: number
  private readonly pages: PDFPage[] = []
  private y = 0
  private readonly pdf: PDF
  private readonly isLandscape: boolean
  readonly plain: EmbeddedFont
  readonly bold: EmbeddedFont

  constructor(pdf: PDF, isLandscape: boolean, plain: EmbeddedFont, bold: EmbeddedFont) {
    this.pdf = pdf
    this.isLandscape = isLandscape
    this.plain = plain
    this.bold = bold
    this.turn()
    this.width = this.page.width - 2 * margin
  }

  get page(): PDFPage {
    return this.pages.at(-1) as PDFPage
  }

  turn(): void {
    this.pages.push(this.pdf.addPage({ size: 'a4', orientation: this.isLandscape ? 'landscape' : 'portrait' }))
    this.y = this.page.height - margin
  }

  /** Whether so much more stands on this page. */
  fits(height: number): boolean {
    return this.y - height >= margin + 12
  }

  skip(height: number): void {
    this.y -= height
  }

  write(text: string, style: Style): void {
    const lines = linesOf(printable(text), this.width, (one) => style.font.getTextWidth(one, style.size))
    for (const one of lines) {
      if (!this.fits(style.size * 1.4)) this.turn()
      this.y -= style.size * 1.4
      this.at(one, margin, this.y + style.size * 0.35, style)
    }
  }

  at(text: string, x: number, y: number, { font, size, color }: Style): void {
    if (text !== '') this.page.drawText(text, { x, y, font, size, color })
  }

  /** Cells side by side, the whole row on one page. */
  row(cells: readonly Cell[], height: number): void {
    for (const { lines, x, width, isFigure, style } of cells) {
      lines.forEach((one, i) => {
        const indent = isFigure ? width - style.font.getTextWidth(one, style.size) : 0
        this.at(one, x + indent, this.y - 4 - style.size * (1 + 1.3 * i), style)
      })
    }
    this.y -= height
  }

  rule(): void {
    const [from, to] = [margin, margin + this.width]
    this.page.drawLine({ start: { x: from, y: this.y }, end: { x: to, y: this.y }, color: line, thickness: 0.6 })
  }

  number(foot: string): void {
    const { font, size, color } = { font: this.plain, size: 8, color: gray }
    this.pages.forEach((page, i) => {
      const number = `${i + 1} / ${this.pages.length}`
      const x = margin + this.width - font.getTextWidth(number, size)
      page.drawText(number, { x, y: margin - 16, font, size, color })
      const [first = ''] = linesOf(printable(foot), this.width - 60, (one) => font.getTextWidth(one, size))
      if (first !== '') page.drawText(first, { x: margin, y: margin - 16, font, size, color })
    })
  }
}

function writeBlock(paper: Paper, block: PdfBlock): void {
  if (block.is === 'heading') writeHeading(paper, block.text)
  if (block.is === 'text') paper.write(block.text, { font: paper.plain, size: 10, color: block.isSoft ? gray : black })
  if (block.is === 'facts') writeFacts(paper, block.facts)
  if (block.is === 'table') writeTable(paper, block)
}

/** Never alone at the foot of a page. */
function writeHeading(paper: Paper, text: string): void {
  if (!paper.fits(60)) paper.turn()
  paper.skip(10)
  paper.write(text, { font: paper.bold, size: 12, color: black })
}

type Cell = {
  readonly lines: readonly string[]
  readonly x: number
  readonly width: number
  readonly isFigure: boolean
  readonly style: Style
}

const heightOf = (cells: readonly Cell[]): number =>
  8 + Math.max(...cells.map(({ lines, style }) => lines.length * style.size * 1.3))

/** Of a longer text a cell holds the beginning: a row stays on one page. */
const mostLines = 24

function cellOf(text: string, x: number, width: number, isFigure: boolean, style: Style): Cell {
  const lines = linesOf(printable(text), width, (one) => style.font.getTextWidth(one, style.size))
  if (lines.length > mostLines) lines.splice(mostLines - 1, lines.length, '\u2026')
  return { x, width, isFigure, style, lines }
}

function writeFacts(paper: Paper, facts: readonly (readonly [label: string, value: string])[]): void {
  const [label, value] = [
    { font: paper.plain, size: 10, color: gray },
    { font: paper.plain, size: 10, color: black },
  ]
  const width = Math.min(160, Math.max(...facts.map(([name]) => label.font.getTextWidth(name, label.size))) + 12)
  paper.skip(4)
  for (const [name, text] of facts) {
    const cells = [
      cellOf(name, margin, width - 8, false, label),
      cellOf(text, margin + width, paper.width - width, false, value),
    ]
    const height = heightOf(cells) - 4
    if (!paper.fits(height)) paper.turn()
    paper.row(cells, height)
  }
  paper.skip(6)
}

const gap = 8

function writeTable(paper: Paper, { head, rows, figures = [], totals = 0 }: PdfTable): void {
  const style = { font: paper.plain, size: 8.5, color: black }
  const strong = { ...style, font: paper.bold }
  const wanted = head.map((name, i) =>
    rows.reduce(
      (most, row) => Math.max(most, strong.font.getTextWidth(printable(row[i] ?? ''), strong.size) + gap),
      strong.font.getTextWidth(name, strong.size) + gap,
    ),
  )
  const widths = widthsOf(wanted, paper.width)
  const starts = widths.map((_, i) => margin + widths.slice(0, i).reduce((sum, one) => sum + one, 0))
  const cellsOf = (row: readonly string[], of: Style) =>
    head.map((_, i) => cellOf(row[i] ?? '', starts[i] ?? 0, (widths[i] ?? 0) - gap, figures.includes(i), of))
  const names = cellsOf(head, { ...strong, color: gray })
  const writeHead = () => {
    paper.row(names, heightOf(names))
    paper.rule()
  }
  paper.skip(6)
  if (!paper.fits(heightOf(names) + 30)) paper.turn()
  writeHead()
  rows.forEach((row, at) => {
    const cells = cellsOf(row, at >= rows.length - totals ? strong : style)
    const height = heightOf(cells)
    if (!paper.fits(height)) {
      paper.turn()
      writeHead()
    }
    paper.row(cells, height)
    paper.rule()
  })
  paper.skip(10)
}

import type { PdfDocument } from './pdf/document.ts'

export type { PdfBlock, PdfDocument } from './pdf/document.ts'

/** A document as PDF, with its fonts inside. The library and the fonts are loaded at first use (budget B9). */
export async function pdfOf(document: PdfDocument): Promise<Uint8Array<ArrayBuffer>> {
  const { writePdf } = await import('./pdf/write.ts')
  return writePdf(document)
}

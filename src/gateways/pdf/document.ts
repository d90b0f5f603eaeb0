/** One piece of a document, below the one before it. */
export type PdfBlock =
  | { readonly is: 'text'; readonly text: string; readonly isSoft?: boolean }
  | { readonly is: 'heading'; readonly text: string }
  /** Labels and what stands for each, side by side. */
  | { readonly is: 'facts'; readonly facts: readonly (readonly [label: string, value: string])[] }
  | PdfTable

export type PdfTable = {
  readonly is: 'table'
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Columns that hold figures, from 0: they stand to the right. */
  readonly figures?: readonly number[]
  /** Rows at its end that are totals. */
  readonly totals?: number
}

/** A document of pages: its title, from whom it is, and its blocks from top to bottom. */
export type PdfDocument = {
  readonly title: string
  readonly author: string
  /** Stands at the foot of each page, before its number. */
  readonly foot: string
  readonly isLandscape?: boolean
  /** When it was made. */
  readonly madeAt: Date
  readonly blocks: readonly PdfBlock[]
}

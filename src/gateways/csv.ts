import { stringify } from 'csv-stringify/sync'

/** Lines of a CSV file (RFC 4180) in which no cell begins a formula (`threats.md`, I1). */
export const csvLines = (rows: readonly (readonly (string | number | null)[])[]): string =>
  stringify(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell.replaceAll('\0', '') : cell))),
    { escape_formulas: true, record_delimiter: '\r\n' },
  )

/** The same as a whole file, marked as UTF-8 for spreadsheets. */
export const csvFile = (rows: Parameters<typeof csvLines>[0]): string => `\uFEFF${csvLines(rows)}`

/** Lower case without accents, for finding text whatever way it was typed. */
export const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** Takes out control characters other than line breaks and tabs; what people type is otherwise kept as it is. */
export const withoutControls = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/[\p{Cc}--[\n\t]]/gv, '')

/** Longest reference that is looked at. */
export const longestReference = 64

/**
 * The key an order is found by: letters and digits alone, in upper case, so that blanks, dashes and case do not matter
 * (R6, Decision 2).
 */
export const referenceKey = (reference: string): string =>
  reference
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .slice(0, longestReference)

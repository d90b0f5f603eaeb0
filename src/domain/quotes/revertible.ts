import type { Day } from '../day.ts'
import type { QuoteChange } from './change.ts'

type Now = { readonly editionCode: string | null; readonly size: number | null; readonly endsOn: Day | null }

/** Whether a license still is what a line of a quote made of it; lines that changed none are no matter. */
export function stillAsQuoted(change: QuoteChange, { editionCode, size, endsOn }: Now): boolean {
  switch (change.kind) {
    case 'license-upgrade':
      return editionCode === change.to.edition && size === change.to.size
    case 'channels':
      return size === change.to
    case 'subscription-term':
      return endsOn === change.endsOn
    default:
      return true
  }
}

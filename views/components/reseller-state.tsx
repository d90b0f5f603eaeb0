import type { ResellerState } from '#src/domain/accounts/reseller.ts'

/** Whether a seller is let in, in words with a color. */
export const ResellerStateWords = ({ state }: { state: ResellerState }) =>
  state === 'active' ? (
    <b class="good">Active</b>
  ) : (
    <b class="bad">{state === 'suspended' ? 'Suspended' : 'Suspended with an account above'}</b>
  )

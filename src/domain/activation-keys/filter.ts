/** Which activation keys a list shows: what the URL of the page says, and of the API call. */
export type ActivationKeyFilter = {
  readonly q: string
  readonly product: string | null
  readonly limit: KeyLimit | null
  readonly sort: ActivationKeySort
}

/** Whether the key limits how many servers it activates. */
export const keyLimits = ['limited', 'unlimited'] as const
export type KeyLimit = (typeof keyLimits)[number]

/** A minus puts the newest, the last or the most first. One's own keys always stand before those of accounts below. */
export const activationKeySorts = [
  ...(['-made', 'made', 'name', '-name', 'code', '-code'] as const),
  ...(['servers', '-servers', 'expires', '-expires'] as const),
] as const
export type ActivationKeySort = (typeof activationKeySorts)[number]

/** Whether the list shows only a part of what there is. */
export const isNarrowed = ({ q, product, limit }: ActivationKeyFilter): boolean =>
  q !== '' || product !== null || limit !== null

/** What a digest tells a seller to do. */
export type Digest = Record<string, unknown>

export const accountKinds = ['vendor', 'partner', 'reseller', 'customer'] as const
export type AccountKind = (typeof accountKinds)[number]

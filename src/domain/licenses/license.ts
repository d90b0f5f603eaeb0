export const licenseKinds = ['permanent', 'trial', 'subscription'] as const
export type LicenseKind = (typeof licenseKinds)[number]

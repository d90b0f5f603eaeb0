/** A product that software tells of at its check-in, by code, with the version that is installed. */
export type Product = { readonly code: string; readonly version: string }

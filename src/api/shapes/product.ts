import { isForServers, type OwnedProduct, productCap } from '#src/domain/products/product.ts'

/** A product as the API shows it. */
export const productShape = (product: OwnedProduct) => ({
  code: product.code,
  name: product.name,
  family: product.family,
  unit: product.unit,
  licenses: Math.min(product.licenses, productCap),
  missingSupport: Math.min(product.missingSupport, productCap),
  serverLicenses: isForServers(product) ? product.serverLicenses : null,
  activeServers: product.activeServers,
  servers: Math.min(product.servers, productCap),
  defaultActivationKey: product.defaultKey,
})

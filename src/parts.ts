/** Which part of the portal answers a path that belongs to one whatever the method; any other is for front or back. */

/** Where installed software calls. */
export const ofMachines = /^\/api\/v1\/(validations|activations)(\/|$)/

/** Where things are bought and paid, and where the provider tells of it. */
export const ofShop =
  /^(\/api\/v1)?\/(checkouts|payments|quotes\/[^/]+\/checkouts|sandbox-shop|admin\/payments|webhooks)(\/|$)/

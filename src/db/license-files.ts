import { asc, desc, sql } from 'drizzle-orm'
import { keyOfCode } from './machines.ts'
import { build, compile } from './query.ts'
import { activations } from './schema/computers.ts'
import { licenses } from './schema/licenses.ts'

/** Of a key with very many licenses the newest tell what it holds. */
const mostLookedAt = 500

/** What a key holds: products and editions of its licenses; of servers what was activated with it. */
const held = (key: ReturnType<typeof sql>) => {
  const newest = build
    .select({ product: licenses.productCode, edition: licenses.editionCode })
    .from(licenses)
    .where(sql`${licenses.activationKeyId} = ${key}`)
    .orderBy(desc(licenses.n))
    .limit(mostLookedAt)
    .as('newest')
  return compile(
    build
      .selectDistinct({ product: newest.product, edition: newest.edition })
      .from(newest)
      .orderBy(asc(newest.product), asc(newest.edition)),
  )
}

const heldWithLicense = held(
  sql`(select ${licenses.activationKeyId} from ${licenses} where ${licenses.id} = ${sql.placeholder('id')})`,
)

/** What the activation key of a license holds. */
export const listHeldWithLicense = (licenseId: string) => heldWithLicense({ id: licenseId })

const heldWithActivation = held(
  sql`(select ${activations.keyId} from ${activations} where ${activations.id} = ${sql.placeholder('id')})`,
)

/** What the key of an activation holds; nothing for a key of servers alone. */
export const listHeldWithActivation = (activationId: string) => heldWithActivation({ id: activationId })

const heldWithCode = held(keyOfCode)

/** What the key with this code holds. */
export const listHeldWithCode = (code: string) => heldWithCode({ code })

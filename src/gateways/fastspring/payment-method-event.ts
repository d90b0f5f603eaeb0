import * as z from 'zod'
import type { ProviderEvent } from './envelope.ts'
import { line } from './values.ts'

const data = z.object({
  account: z.string().regex(/^acc_[\w-]{1,60}$/),
  token: z.string().regex(/^[\w-]{1,100}$/),
  brand: line.pipe(z.string().max(40)),
  ending: z.string().regex(/^\d{4}$/),
  expires: z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/),
})

/** What the sandbox tells of a payment method that was added; `null` for any other event. No provider tells more than this. */
export const paymentMethodTold = (event: ProviderEvent) =>
  event.type === 'paymentMethod.added' ? (data.safeParse(event.data).data ?? null) : null

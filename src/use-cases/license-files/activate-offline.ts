import { findKeyInReach } from '#src/db/file-facts.ts'
import { normalOf } from '#src/domain/activation-keys/code.ts'
import type { FileRequest } from '#src/domain/license-files/request.ts'
import { refuse } from '#src/domain/refusal.ts'
import { activate } from '../activations/activate.ts'
import type { Activated } from '../activations/software.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { byActor } from '../record.ts'

/**
 * Activates a computer that has no line, for somebody who carries its request (R312): the same act with the same limits
 * and refusals as when software asks itself, with a key within reach. `replace` is a computer that is released for it.
 */
export async function activateOffline(
  deps: Deps,
  asking: Asking,
  request: FileRequest,
  replace: string | null,
): Promise<Activated> {
  const code = normalOf(request.activationKey)
  const { actor, rows } = await readAs(deps, asking, (reach) => [findKeyInReach(reach, code)])
  if (rows[0].length === 0) refuse({ code: 'activation-key-unknown' })
  const { activationKey, product, fingerprint, hostname, versions } = request
  const installed = Object.entries(versions).map(([one, version]) => ({ code: one, version }))
  const wanted = {
    activationKey,
    product,
    fingerprint,
    hostname,
    replace,
    installed: installed.length > 0 ? installed : null,
  }
  const { address, requestId } = asking
  return activate(deps, wanted, { address, requestId, carriedBy: byActor(actor, asking) })
}

import { stillStands } from '#src/db/actors.ts'
import { deleteCartItems, listCart } from '#src/db/carts.ts'
import { commit } from '#src/db/commit.ts'
import { expect } from '#src/db/expect.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { refusing } from '../refusing.ts'

/** Takes an offer out of the cart of the asking account; one that is not in it is no matter. */
export async function removeFromCart(deps: Deps, asking: Asking, offer: string): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [listCart(reach)])
  if (!rows[0].some((item) => item.offer === offer)) return
  await refusing(() =>
    commit(deps.db, [
      expect('signed-out', stillStands(asking.credential.id)),
      deleteCartItems(actor.account.id, [offer]),
    ]),
  )
}

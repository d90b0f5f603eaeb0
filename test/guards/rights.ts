import { accountKinds } from '#src/domain/accounts/account.ts'
import type { Act, Rights } from '#src/domain/accounts/acts.ts'
import { type Role, roles } from '#src/domain/accounts/permissions.ts'

/**
 * Who may do what, written out by hand: what the table in `src/domain/accounts/acts.ts` must come to. **A new act needs a
 * line here.** From left to right:
 *
 * - `o`: a customer who signed in with an order number, `.` where not;
 * - the six roles of a customer's account, of a partner's or reseller's, of the vendor's: `F` full, `B` billing,
 *   `L` servers and licenses, `S` servers, `b` read billing, `s` read servers, `.` where not;
 *   `M.....` is the master login alone, whatever its role;
 * - `w` where it changes something, so that an API key that only reads may not; else `r`.
 */
const lines: Readonly<Record<Act, string>> = {
  'account.edit': '. FB.... FB.... FB.... w',
  'account.follow': '. FB.... FB.... FB.... r',
  'account.read': 'o FB.... FB.... FB.... r',
  'activation-key.create': '. F.LS.. F.LS.. F.LS.. w',
  'activation-key.read': 'o FBLSbs FBLSbs FBLSbs r',
  'activation-key.remove': '. F.LS.. F.LS.. F.LS.. w',
  'api-key.edit': '. M..... M..... M..... w',
  'api-key.read': '. M..... M..... M..... r',
  'billing.read': '. FB..b. FB..b. ...... r',
  'billing.top-up': '. FB.... FB.... ...... w',
  'checkout.create': 'o FB.... FB.... FB.... w',
  'computer.release': 'o F.LS.. F.LS.. F.LS.. w',
  'computer.edit': '. F.LS.. F.LS.. F.LS.. w',
  'computer.read': 'o FBLSbs FBLSbs FBLSbs r',
  'computer.rename': 'o F.LS.. F.LS.. F.LS.. w',
  'computer.activate': 'o F.LS.. F.LS.. F.LS.. w',
  'cost.read': 'o FB.... F.L... F.L... r',
  'credit.give': '. ...... FB.... FB.... w',
  'credit.read': '. ...... FB..b. FB..b. r',
  'digest.read': '. ...... FBLSbs FBLSbs r',
  'event.read': 'o FBLSbs FBLSbs FBLSbs r',
  'invoice.edit': '. FB.... FB.... ...... w',
  'invoice.read': '. FB..b. FB..b. ...... r',
  'job.read': '. ...... ...... FB.... r',
  'job.run': '. ...... ...... FB.... w',
  'letter.read': '. ...... ...... FB.... r',
  'letter.resend': '. ...... ...... FB.... w',
  'license.assign': '. ...... F.L... F.L... w',
  'license.comment': 'o F.L... F.L... F.L... w',
  'license.delete': '. ...... F.L... F.L... w',
  'license.read': 'o FBLSbs FBLSbs FBLSbs r',
  'license.upgrade': '. ...... F.L... F.L... w',
  'login.edit': '. M..... M..... M..... w',
  'login.read': '. M..... M..... M..... r',
  'order.read': 'o FB..b. FB..b. FB..b. r',
  'product.read': 'o FBLSbs FBLSbs FBLSbs r',
  'payment-method.edit': '. FB.... FB.... ...... w',
  'payment.read': '. ...... ...... FB..b. r',
  'payment.settle': '. ...... ...... FB.... w',
  'quote.create': 'o FB.... FB.... FB.... w',
  'quote.read': 'o FB.... FB.... FB.... r',
  'report.edit': '. F.LSbs F.LSbs F.LSbs w',
  'report.read': '. F.LSbs F.LSbs F.LSbs r',
  'reseller.create': '. ...... FB.... FB.... w',
  'reseller.edit': '. ...... FB.... FB.... w',
  'reseller.read': '. ...... FB..b. FB..b. r',
  'subscription.cancel': 'o FB.... F.L... F.L... w',
  'subscription.create': '. ...... F.L... F.L... w',
  'subscription.edit': '. ...... F.L... F.L... w',
  'subscription.read': 'o FBLSbs FBLSbs FBLSbs r',
  'two-factor.reset-master': '. ...... ...... M..... w',
  'support.extend': '. ...... F.L... F.L... w',
  'support.read': 'o FBLSbs FBLSbs FBLSbs r',
  'two-factor.oversee': '. M..... M..... M..... w',
}

const letters: Record<Role, string> = {
  full: 'F',
  billing: 'B',
  'servers-licenses': 'L',
  servers: 'S',
  'read-billing': 'b',
  'read-servers': 's',
}

/** Whether somebody may do an act, by the lines above. */
export function isRight({ accountKind, role, isMaster = false, access }: Rights, act: Act): boolean {
  const [order = '', customer = '', seller = '', vendor = '', changes] = lines[act].split(' ')
  if (changes === 'w' && access === 'read') return false
  if (role === null) return accountKind === 'customer' && order === 'o'
  const roles = accountKind === 'customer' ? customer : accountKind === 'vendor' ? vendor : seller
  return roles.includes(letters[role]) || (roles.includes('M') && isMaster)
}

/** The acts that have a line. */
export const actsWithLine = Object.keys(lines) as Act[]

/** Everybody there could be. */
const everyRights: readonly Rights[] = accountKinds.flatMap((accountKind) =>
  [...roles, null].flatMap((role) =>
    [true, false].flatMap((isMaster) =>
      (['read', 'write'] as const)
        .map((access) => ({ accountKind, role, isMaster: isMaster && role === 'full', access }))
        .filter(() => role !== null || accountKind === 'customer'),
    ),
  ),
)

/** The acts that are decided otherwise than the lines above say, each with for whom. */
export const wronglyDecided = (allows: (rights: Rights, act: Act) => boolean) =>
  actsWithLine.flatMap((act) =>
    everyRights.filter((rights) => allows(rights, act) !== isRight(rights, act)).map((rights) => ({ act, ...rights })),
  )

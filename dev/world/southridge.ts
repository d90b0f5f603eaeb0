import { staff } from './acme.ts'
import { give, grant } from './credits.ts'
import { at, daysAgo } from './days.ts'
import { lucerneCustomers, southridgeCustomers } from './end-customers.ts'
import { loginDoer } from './events.ts'
import { idOf } from './ids.ts'
import { acme, lucerne, southridge } from './people.ts'
import type { World } from './rows.ts'
import { assignAll, openSeller } from './sellers.ts'
import { subscribe } from './subscriptions.ts'

const office = '198.51.100.90'

/** The partner beside Northwind, with a suspended reseller. */
export function tellSouthridge(world: World): void {
  const day = (ago: number) => at(daysAgo(world.now, ago), '09:50:00')
  const products = ['remote-access', 'advanced-security']
  const partner = { kind: 'partner', parent: acme.accountId, by: staff, products } as const
  const withSupport = [...products, 'remote-support']
  openSeller(world, southridge, {
    ...partner,
    products: withSupport,
    place: ['US', 'Tucson'],
    daysAgo: 900,
    hoursSinceSignIn: 9,
  })
  openSeller(world, lucerne, {
    ...{ kind: 'reseller', parent: southridge.accountId, by: loginDoer(southridge, office), products },
    ...{ place: ['CH', 'Lucerne'], daysAgo: 650, hoursSinceSignIn: 1500, suspendedAt: day(45) },
  })
  grant(world, acme.accountId, southridge.accountId, acme.loginId, day(880), {
    'remote-access/essentials/5': 10,
    'remote-access/essentials/5/support': 10,
    'remote-access/pro/3': 10,
    'remote-access/pro/3/support': 10,
    'remote-access/pro/10': 20,
    'remote-access/pro/10/support': 15,
    'advanced-security/essentials/unlimited': 20,
    'advanced-security/essentials/unlimited/support': 20,
  })
  give(world, southridge.accountId, lucerne.accountId, southridge.loginId, day(640), {
    'remote-access/essentials/5': 4,
    'remote-access/essentials/5/support': 4,
  })
  assignAll(world, southridge, office, southridgeCustomers)
  subscribe(world, {
    ...{ name: 'southridge-mesa', accountId: southridge.accountId, keyId: idOf('activationKey', 'southridge-mesa') },
    ...{
      email: 'office@mesadental.example',
      channels: 5,
      term: 'year',
      at: day(30),
      by: loginDoer(southridge, office),
    },
  })
  assignAll(world, lucerne, '198.51.100.91', lucerneCustomers)
}

import type { Tab } from './settings-tabs.tsx'

/** The tabs of Billing. */
export const BillingTabs = ({ tabs, path }: { tabs: readonly Tab[]; path: string }) => (
  <nav class="tabs" aria-label="Billing">
    {tabs.map(({ href, label }) => (
      <a href={href} {...(href === path ? { 'aria-current': 'page' } : {})}>
        {label}
      </a>
    ))}
  </nav>
)

export type Tab = { readonly href: string; readonly label: string }

/** The tabs of the settings; each is saved on its own. */
export const SettingsTabs = ({ tabs, path }: { tabs: readonly Tab[]; path: string }) =>
  tabs.length === 0 ? null : (
    <nav class="tabs" aria-label="Settings">
      {tabs.map(({ href, label }) => (
        <a href={href} {...(href === path ? { 'aria-current': 'page' } : {})}>
          {label}
        </a>
      ))}
    </nav>
  )

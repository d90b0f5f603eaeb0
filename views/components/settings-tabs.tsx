export type Tab = { readonly href: string; readonly label: string }

/** The tabs of the settings; what lies below one, such as a login, belongs to it. */
export const SettingsTabs = ({ tabs, path }: { tabs: readonly Tab[]; path: string }) =>
  tabs.length === 0 ? null : (
    <nav class="tabs" aria-label="Settings">
      {tabs.map(({ href, label }) => (
        <a href={href} {...currentOf(href, path, tabs)}>
          {label}
        </a>
      ))}
    </nav>
  )

function currentOf(href: string, path: string, tabs: readonly Tab[]) {
  if (path === href) return { 'aria-current': 'page' as const }
  // The first tab is the root of all of them: nothing else lies below it.
  return href !== tabs[0]?.href && path.startsWith(`${href}/`) ? { 'aria-current': 'true' as const } : {}
}

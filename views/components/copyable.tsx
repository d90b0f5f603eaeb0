/** Text to be copied: selectable as it is, with a button where scripts run. */
export const Copyable = ({ text, label, href }: { text: string; label: string; href?: string }) => (
  <>
    {href ? (
      <a href={href}>
        <code>{text}</code>
      </a>
    ) : (
      <code class="key">{text}</code>
    )}{' '}
    <button type="button" hidden data-copy={text}>
      Copy<span class="hide"> {label}</span>
    </button>
  </>
)

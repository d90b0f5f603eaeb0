/** Text to be copied: selectable as it is, with a button where scripts run. */
export const Copyable = ({ text, label }: { text: string; label: string }) => (
  <>
    <code class="key">{text}</code>
    <button type="button" hidden data-copy={text}>
      Copy<span class="hide"> {label}</span>
    </button>
  </>
)

/** New recovery codes, shown once. */
export const RecoveryCodes = ({ codes }: { codes: readonly string[] }) => (
  <section class="card" aria-label="New recovery codes">
    <h2>Your recovery codes</h2>
    <p>Print them or keep them in your password manager. They are shown this once; each works once.</p>
    <pre class="key">{codes.join('\n')}</pre>
    <button type="button" hidden data-copy={codes.join('\n')}>
      Copy
    </button>
  </section>
)

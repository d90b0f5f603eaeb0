import { Copyable } from '../../components/copyable.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'

type Props = {
  frame: Frame
  name: string
  /** `null` when the form was sent before: it was shown then. */
  apiKey: string | null
}

/** The new key, this once. */
export const MadeApiKeyPage = ({ frame, name, apiKey }: Props) => (
  <Portal frame={frame} title="Your new API key">
    <nav aria-label="Breadcrumb">
      <a href={paths.apiKeys}>API keys</a> › <bdi>{name}</bdi>
    </nav>
    <h1>
      {apiKey ? 'Your new API key' : 'This key was made already'}: <bdi>{name}</bdi>
    </h1>
    {apiKey ? (
      <div class="note">
        <p>Copy it now. It is not kept here and cannot be shown again.</p>
        <p class="row any">
          <Copyable text={apiKey} label="the API key" />
        </p>
      </div>
    ) : (
      <p class="note">
        It was shown when it was made and cannot be shown again. Did you not see it? Revoke it and make another.
      </p>
    )}
    <p>
      Keep it like a password. All keys begin with <code>ptk_</code> and 32 letters and digits follow, so that a scanner
      finds one that was published by mistake.
    </p>
    <p>
      <a class="button" href={paths.apiKeys}>
        To all API keys
      </a>
    </p>
  </Portal>
)

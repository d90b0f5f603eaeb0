import { Public } from '../../layouts/public.tsx'

type Props = {
  vendorName: string
  supportEmail: string
  title: string
  detail: string
  back: { href: string; label: string }
  requestId: string
}

/** A whole page that says what went wrong and where to go on. */
export const ProblemPage = ({ vendorName, supportEmail, title, detail, back, requestId }: Props) => (
  <Public title={title} vendorName={vendorName} supportEmail={supportEmail} error>
    <h1>{title}</h1>
    <p>{detail}</p>
    <p>
      <a class="button main" href={back.href}>
        {back.label}
      </a>
    </p>
    <p class="soft">
      Request <code>{requestId}</code>
    </p>
  </Public>
)

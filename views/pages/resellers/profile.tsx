import { described, FieldProblem } from '../../components/error-summary.tsx'
import { paths } from '../../paths.ts'
import { ProductBoxes } from './products.tsx'
import type { ResellerProps } from './props.ts'

/** The form that edits name, e-mail and products of a seller below (R156). */
export const ProfileForm = ({ reseller, givable, profile }: ResellerProps) => (
  <section>
    <h2>Profile</h2>
    <form class="form" method="post" action={paths.reseller(reseller.id)} novalidate>
      <input type="hidden" name="request" value={profile.request} />
      <input type="hidden" name="version" value={profile.version} />
      {kept(reseller.productCodes, givable).map((code) => (
        <input type="hidden" name="kept" value={code} />
      ))}
      <div>
        <label for="name">Name</label>
        <FieldProblem errors={profile.errors} name="name" />
        <input
          id="name"
          name="name"
          type="text"
          value={profile.name}
          {...described({ errors: profile.errors, name: 'name' })}
        />
      </div>
      <div>
        <label for="email">E-mail</label>
        <p class="soft" id="email-hint">
          Its master login’s as well: letters and password links go there. Once it was in use both addresses are told.
        </p>
        <FieldProblem errors={profile.errors} name="email" />
        <input
          id="email"
          name="email"
          type="email"
          value={profile.email}
          {...described({ errors: profile.errors, name: 'email' }, true)}
        />
      </div>
      <ProductBoxes
        products={givable}
        chosen={profile.products}
        errors={profile.errors}
        hint="One that is taken away is taken from all below as well; licenses and credits stay."
      />
      <button type="submit">Save profile</button>
    </form>
  </section>
)

/** Products that somebody above gave and the reader cannot give: they stay as they are. */
const kept = (codes: readonly string[], givable: ResellerProps['givable']) =>
  codes.filter((code) => !givable.some((one) => one.code === code))

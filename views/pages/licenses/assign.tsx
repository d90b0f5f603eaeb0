import { type Size, sizeInWords, sizeOf } from '#src/domain/catalog/offer.ts'
import type { Day } from '#src/domain/day.ts'
import {
  type Assignable,
  type AssignmentDraft,
  type GivenProduct,
  mostSupportYears,
} from '#src/domain/licenses/assignment.ts'
import type { Cost } from '#src/domain/licenses/cost.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { counted, dayInDigits } from '../../words.ts'
import { CostCard } from './cost.tsx'
import { ProductPicker } from './product-picker.tsx'

type Key = { readonly id: string; readonly name: string }

/** A trial on its way to a permanent license. */
type Trial = { readonly id: string; readonly serial: string; readonly email: string; readonly endsOn: Day | null }

type PickProps = { frame: Frame; activationKey: Key; products: readonly GivenProduct[]; errors: readonly FieldError[] }

/** The first step: which product. */
export const PickProductPage = ({ frame, activationKey, products, errors }: PickProps) => (
  <Portal frame={frame} title="Assign a license" error={errors.length > 0}>
    <Crumbs activationKey={activationKey} />
    <h1>Assign a license</h1>
    <ErrorSummary errors={errors} />
    <p>Choose a product.</p>
    <ProductPicker keyId={activationKey.id} products={products} />
  </Portal>
)

export type AssignProps = {
  activationKey: Key
  product: GivenProduct
  offers: readonly Assignable[]
  draft: AssignmentDraft
  trial: Trial | null
  cost: Cost
  today: Day
  request: string
  errors: readonly FieldError[]
}

/** The second step: everything else, with what it costs beside it. */
export const AssignPage = ({ frame, ...props }: AssignProps & { frame: Frame }) => {
  const { activationKey, product, trial, errors } = props
  return (
    <Portal frame={frame} title={`Assign ${product.name}`} error={errors.length > 0}>
      <Crumbs activationKey={activationKey} />
      <header>
        <h1>{trial ? 'Make a trial permanent' : 'Assign a license'}</h1>
        <p class="soft">
          {product.name}
          {trial && ` ${trial.serial} of ${trial.email}, trial to ${trial.endsOn && dayInDigits(trial.endsOn)}`}
          {!trial && (
            <>
              {' '}
              · <a href={paths.newLicense(activationKey.id)}>Another product</a>
            </>
          )}
        </p>
      </header>
      <ErrorSummary errors={errors} />
      <form class="row top" method="post" action={paths.newLicenses(activationKey.id)} novalidate>
        <input type="hidden" name="request" value={props.request} />
        <input type="hidden" name="product" value={product.code} />
        {trial && <input type="hidden" name="trial" value={trial.id} />}
        <div class="form">
          <Choices {...props} />
          {!trial && <EndCustomer {...props} />}
          <p class="row">
            <button type="submit" class="main">
              {trial ? 'Make permanent' : 'Assign'}
            </button>
            <a class="button" href={paths.activationKey(activationKey.id)}>
              Cancel
            </a>
            <button type="submit" formmethod="get" formaction={paths.newLicense(activationKey.id)}>
              Show cost
            </button>
          </p>
        </div>
        <CostCard {...props} />
      </form>
    </Portal>
  )
}

const Crumbs = ({ activationKey: key }: { activationKey: Key }) => (
  <nav aria-label="Breadcrumb">
    <a href={paths.activationKeys}>Activation keys</a> ›{' '}
    <a href={paths.activationKey(key.id)}>
      <bdi>{key.name}</bdi>
    </a>{' '}
    › Assign
  </nav>
)

/** What the cost follows from: with scripts it is reckoned again by the server at each change. */
const Choices = (props: AssignProps) => {
  const { activationKey, product, trial, offers, draft, errors } = props
  const path = withQuery(paths.newLicense(activationKey.id), { product: product.code, trial: trial?.id })
  return (
    <section
      id="choices"
      class="form"
      {...hx({
        get: path,
        target: '#cost',
        swap: 'outerHTML',
        trigger: 'input delay:250ms',
        sync: 'replace',
        include: 'this',
      })}
    >
      {!trial && <TermChoice {...props} />}
      <div>
        <label for="edition">Edition</label>
        <FieldProblem errors={errors} name="edition" />
        <select id="edition" name="edition" {...described({ errors, name: 'edition' })}>
          {editionsOf(offers).map(([code, name]) => (
            <option value={code} selected={code === draft.edition}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <SizeChoice {...props} />
      <div>
        <label for="supportYears">Update and Support Services</label>
        <FieldProblem errors={errors} name="supportYears" />
        <select id="supportYears" name="supportYears" {...described({ errors, name: 'supportYears' })}>
          {Array.from({ length: mostSupportYears + 1 }, (_, years) => (
            <option value={years} selected={String(years) === draft.supportYears}>
              {years === 0 ? 'None' : counted(years, 'year')}
            </option>
          ))}
        </select>
      </div>
    </section>
  )
}

const TermChoice = ({ product, draft, errors }: AssignProps) => (
  <>
    <div role="radiogroup" aria-labelledby="kind-label">
      <b id="kind-label">Term</b>
      <FieldProblem errors={errors} name="kind" />
      <span class="row">
        <label>
          <input type="radio" id="kind" name="kind" value="permanent" checked={draft.kind !== 'trial'} /> Permanent
        </label>
        {product.trialMaxDays > 0 && (
          <label>
            <input type="radio" name="kind" value="trial" checked={draft.kind === 'trial'} /> Trial, free
          </label>
        )}
      </span>
    </div>
    {product.trialMaxDays > 0 && (
      <div>
        <label for="days">Days, for a trial</label>
        <small id="days-hint">1 to {product.trialMaxDays}</small>
        <FieldProblem errors={errors} name="days" />
        <input
          type="text"
          id="days"
          name="days"
          value={draft.days}
          inputmode="numeric"
          autocomplete="off"
          size={8}
          {...described({ errors, name: 'days' }, true)}
        />
      </div>
    )}
  </>
)

const SizeChoice = ({ product, offers, draft, errors }: AssignProps) => {
  const sold = offers.filter(({ kind }) => kind === 'license')
  const field = described({ errors, name: 'size' })
  const sizes = [...new Set(sold.map(({ size }) => size))].sort((a, b) => (a ?? Infinity) - (b ?? Infinity))
  return (
    <div>
      <label for="size">{sizeLabels[product.unit]}</label>
      <FieldProblem errors={errors} name="size" />
      {sold.some(({ perUnit }) => perUnit) ? (
        <input
          type="text"
          id="size"
          name="size"
          value={draft.size}
          inputmode="numeric"
          autocomplete="off"
          size={8}
          {...field}
        />
      ) : (
        <select id="size" name="size" {...field}>
          {sizes.map((size) => (
            <option value={sizeOf(size)} selected={String(sizeOf(size)) === draft.size}>
              {sizeInWords(sizeOf(size) as Size, product.unit)}
            </option>
          ))}
        </select>
      )}
    </div>
  )
}

const sizeLabels = { user: 'Users', workstation: 'Workstations', channel: 'Channels', server: 'Servers' }

const EndCustomer = ({ draft, errors }: AssignProps) => (
  <>
    <div>
      <label for="email">End customer’s e-mail</label>
      <small id="email-hint">Needed for a trial; else yours is taken where it is empty</small>
      <FieldProblem errors={errors} name="email" />
      <input
        id="email"
        name="email"
        type="email"
        value={draft.email}
        autocomplete="off"
        {...described({ errors, name: 'email' }, true)}
      />
    </div>
    <div>
      <label for="comment">Comment</label>
      <FieldProblem errors={errors} name="comment" />
      <textarea id="comment" name="comment" rows={2} dir="auto" {...described({ errors, name: 'comment' })}>
        {draft.comment}
      </textarea>
    </div>
  </>
)

const editionsOf = (offers: readonly Assignable[]): [string, string][] => [
  ...new Map(
    offers.filter(({ kind }) => kind === 'license').map((one): [string, string] => [one.editionCode, one.editionName]),
  ),
]

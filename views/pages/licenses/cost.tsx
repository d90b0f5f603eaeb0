import { sizeInWords, sizeOf, type Unit } from '#src/domain/catalog/offer.ts'
import { addDays, type Day } from '#src/domain/day.ts'
import type { Cost, CostLine } from '#src/domain/licenses/cost.ts'
import { counted, dayInWords } from '../../words.ts'

type Props = {
  product: { readonly name: string; readonly unit: Unit; readonly trialMaxDays: number }
  cost: Cost
  draft: { readonly days: string }
  today: Day
}

/** What an assignment costs, before it is made: credits now and after, and a warning where they do not suffice. */
export const CostCard = (props: Props) => (
  <div id="cost" class="card" role="status">
    <h2>What it costs</h2>
    {bodyOf(props)}
  </div>
)

function bodyOf({ product, cost, draft, today }: Props) {
  if (cost.kind === 'trial') return <Trial {...{ product, draft, today }} />
  if (cost.kind === 'unsold') return <b class="due">Nobody sells this edition and size. Choose another size.</b>
  const what = sizeInWords(sizeOf(cost.size), product.unit)
  return (
    <>
      {cost.lines.map((line) => (
        <Line {...line} name={`${product.name} ${line.offer.editionName}, ${what}`} />
      ))}
      <p class="soft">Deleting the license before it is activated gives the credits back.</p>
    </>
  )
}

const Trial = ({ product, draft, today }: Omit<Props, 'cost'>) => {
  const days = /^\d{1,6}$/.test(draft.days.trim()) ? Number(draft.days) : 0
  const fits = days >= 1 && days <= product.trialMaxDays
  return (
    <>
      <p>A trial is free. It can be made permanent later.</p>
      {fits ? (
        <p>
          It ends on <b>{dayInWords(addDays(today, days - 1))}</b>.
        </p>
      ) : (
        <b class="due">A trial lasts 1 to {product.trialMaxDays} days.</b>
      )}
      <p class="soft">Each end customer may try a product once.</p>
    </>
  )
}

const Line = ({ offer, quantity, after, name }: CostLine & { name: string }) => (
  <>
    <p>
      {offer.kind === 'support' && 'Support, '}
      {name}
    </p>
    <dl>
      <dt>Cost</dt>
      <dd class="mono">{counted(quantity, 'credit')}</dd>
      <dt>Credits now</dt>
      <dd class="mono">{offer.credits}</dd>
      <dt>Credits after</dt>
      <dd class="mono">{after < 0 ? 'Not enough' : after}</dd>
    </dl>
    {after < 0 && (
      <b class="bad">
        Not enough credits: this needs {quantity} and you have {offer.credits}. Ask whoever gives you credits for more.
      </b>
    )}
    {after === 0 && <b class="due">This uses your last credit for this offer.</b>}
  </>
)

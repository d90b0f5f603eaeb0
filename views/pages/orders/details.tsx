import { sizeInWords, sizeOf } from '#src/domain/catalog/offer.ts'
import { type InvoiceKind, invoiceId, invoiceKindNames } from '#src/domain/invoices/invoice.ts'
import type { LicenseSummary } from '#src/domain/licenses/license.ts'
import type { OrderDetails, OrderItem } from '#src/domain/orders/order.ts'
import { At, Zone } from '../../components/time.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { dayInWords, moneyInWords } from '../../words.ts'

type OrderLicense = Pick<LicenseSummary, 'id' | 'serial' | 'productName' | 'editionName' | 'size' | 'unit'>
type Props = {
  frame: Frame
  order: OrderDetails
  items: readonly OrderItem[]
  licenses: readonly OrderLicense[]
  /** Documents of it, for whoever they are for. */
  invoices: readonly { readonly number: number; readonly kind: InvoiceKind }[]
}

/** One order: its details, its items, the licenses it brought. */
export const OrderPage = ({ frame, order, items, licenses, invoices }: Props) => (
  <Portal frame={frame} title={`Order ${order.reference}`}>
    <nav aria-label="Breadcrumb">
      <a href={paths.orders}>Orders</a> › {order.reference}
    </nav>
    <h1>Order Details</h1>
    {!order.live && <p class="note">This is a test order: nothing was paid.</p>}
    <dl class="card">
      <dt>
        Date (<Zone />)
      </dt>
      <dd>
        <At at={order.orderedAt} />
      </dd>
      <dt>Reference</dt>
      <dd>
        <code>{order.reference}</code>
      </dd>
      <dt>Total</dt>
      <dd class="mono">{money(order, order.totalMinor)}</dd>
      {order.taxMinor > 0 && (
        <>
          <dt>Tax in it</dt>
          <dd class="mono">{money(order, order.taxMinor)}</dd>
        </>
      )}
      <dt>Currency</dt>
      <dd>{order.currency}</dd>
      <dt>Contact</dt>
      <dd>
        {order.firstName} {order.lastName}, {order.contactEmail}
      </dd>
      {invoices.map(({ number, kind }) => (
        <>
          <dt>{invoiceKindNames[kind]}</dt>
          <dd>
            <a href={paths.invoice(invoiceId(number))}>{invoiceId(number)}</a>
          </dd>
        </>
      ))}
      <dt>Bought by</dt>
      <dd>{[order.name, order.city, order.country].filter(Boolean).join(', ')}</dd>
    </dl>
    <Items order={order} items={items} />
    {licenses.length > 0 && <Licenses licenses={licenses} />}
  </Portal>
)

const money = (order: OrderDetails, minor: number) => moneyInWords({ minor, currency: order.currency })

const Items = ({ order, items }: { order: OrderDetails; items: readonly OrderItem[] }) => (
  <section>
    <h2>Order Items</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col">SKU</th>
          <th scope="col">Quantity</th>
          <th scope="col">Subtotal</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr>
            <th scope="row">
              {item.display}
              {item.unknown && (
                <small class="due">
                  No license yet: the vendor has to settle this item. Write to the address below.
                </small>
              )}
              {item.refundedOn && <small class="due">Refunded: it ended on {dayInWords(item.refundedOn)}.</small>}
            </th>
            <td data-label="SKU">{item.sku ? <code>{item.sku}</code> : 'None'}</td>
            <td data-label="Quantity">{item.quantity}</td>
            <td data-label="Subtotal">
              <span class="mono">{money(order, item.subtotalMinor)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

const Licenses = ({ licenses }: { licenses: readonly OrderLicense[] }) => (
  <section>
    <h2>Licenses</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Serial number</th>
          <th scope="col">Product</th>
        </tr>
      </thead>
      <tbody>
        {licenses.map((license) => (
          <tr>
            <th scope="row">
              <a href={paths.license(license.id)}>
                <code>{license.serial}</code>
              </a>
            </th>
            <td data-label="Product">
              {license.productName} {license.editionName}, {sizeInWords(sizeOf(license.size), license.unit)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

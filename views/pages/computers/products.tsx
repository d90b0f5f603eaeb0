import { type ActiveProduct, productStanding } from '#src/domain/computers/computer.ts'
import { MachineState } from '../../components/machine-state.tsx'
import { paths } from '../../paths.ts'

type Props = { products: readonly ActiveProduct[]; now: Date }

/** What runs on a computer: full name, version, last check-in, key and license of each product (R183 R184). */
export const ActiveProducts = ({ products, now }: Props) => (
  <>
    {products.map((one) => (
      <p>
        {one.name} {one.version}: {/* one line for each product, then what it runs by */}
        <MachineState
          standing={productStanding(one, now)}
          seenAt={one.seenAt === null ? null : new Date(one.seenAt)}
          now={now}
        />
        <small>
          Key{' '}
          <a href={paths.activationKey(one.keyId)}>
            <code>{one.key}</code>
          </a>
          {one.licenseId && (
            <>
              , license{' '}
              <a href={paths.license(one.licenseId)}>
                <code>{one.license}</code>
              </a>
            </>
          )}
        </small>
      </p>
    ))}
  </>
)

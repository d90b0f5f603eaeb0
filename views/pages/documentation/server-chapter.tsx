import { paths } from '../../paths.ts'

/** For accounts with products for servers: what they own, and the keys that activate it. */
export const ServerChapter = () => (
  <section id="servers">
    <h2>Products and keys for servers</h2>
    <p>
      <a href={paths.products}>Products</a> shows how many server licenses you own of each product and how many are
      used. Live Patching, its quantity and billing cycle, is changed by our sales team; the card says whom to write to.
    </p>
    <p>
      A server activates a product with one of your <a href={paths.activationKeys}>activation keys</a>. The first key of
      a product is its default; "Generate new activation key" makes another one at once. A key may have a limit of
      servers, a last day, and addresses from which alone it works; lower the limit below what runs and those stay, but
      no new server comes in. The default key cannot be removed until another key takes its place.
    </p>
    <p>
      Did a key get into wrong hands? Rotate it: it gets a new code, the old one still works for as many days as you
      say, and all that runs goes on running. To remove a key removes the servers on it: the page before names them all.
    </p>
  </section>
)

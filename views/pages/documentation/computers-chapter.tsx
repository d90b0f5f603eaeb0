import { paths } from '../../paths.ts'

/** What the guide says of computers and servers. */
export const ComputersChapter = () => (
  <section id="computers">
    <h2>Computers and servers</h2>
    <p>
      <a href={paths.computers}>The list</a> shows every computer on which a product was activated; where the products
      are for servers it calls them servers. The last check-in says how each stands: current, overdue (it still runs),
      lapsed (overdue for longer than the product allows), stale (not heard of for longer than the vendor waits), or
      never checked in. Open a row’s products to see versions, keys and licenses.
    </p>
    <p>
      Narrow the list to products, several at once, to a group, to days of registration or by the last check-in, or
      search by name and activation key. From a thousand computers on, a search finds by beginnings. “Get servers list”
      downloads what the list shows as CSV.
    </p>
    <p>
      Whose role manages servers can mark rows and remove them, put them into a group or move them to another key. Each
      act names them first. Removed, their products stop at the next check-in and their places are free; for a day,{' '}
      “Undo” brings all of them back as they were. Under “Stale” the clock can be told to remove what has not checked in
      for some days; that can be undone for a day as well.
    </p>
  </section>
)

/** Which orders a list shows and in what order. */
export type OrderFilter = {
  readonly q: string
  /** Only orders with an item that the catalog does not know; the vendor's to settle. */
  readonly unknown: boolean
  readonly sort: OrderSort
}

export const orderSorts = ['-ordered', 'ordered', '-total', 'total'] as const
export type OrderSort = (typeof orderSorts)[number]

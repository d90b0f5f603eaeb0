/** A seller to narrow a list to. */
export type AccountChoice = { readonly id: string; readonly name: string }

/** Narrows a list to one reseller; one that was chosen stands there even if it is not among those offered. */
export const AccountField = ({ accounts, chosen }: { accounts: readonly AccountChoice[]; chosen: string | null }) => (
  <select name="account" aria-label="Reseller">
    <option value="">All resellers</option>
    {accounts.map(({ id, name }) => (
      <option value={id} selected={id === chosen}>
        {name}
      </option>
    ))}
  </select>
)

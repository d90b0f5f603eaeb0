/** Who letters come from. */
export type Sender = { readonly name: string; readonly email: string }

/** A sender as a mail header has it: `"Acme Software" <portal@acme.example>`. */
export const mailboxOf = ({ name, email }: Sender): string =>
  `"${name.replace(/[\r\n]/g, ' ').replace(/["\\]/g, '\\$&')}" <${email}>`

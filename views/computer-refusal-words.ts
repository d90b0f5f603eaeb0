import type { FieldError, Refusal } from '#src/domain/refusal.ts'

/** What a refused act on computers and their groups says in a form; `field` is where the group's name stands. */
export function computerErrorsOf(refusal: Refusal, field = 'newGroup'): FieldError[] | null {
  const at = (pointer: string, detail: string): FieldError[] => [{ pointer, code: refusal.code, detail }]
  switch (refusal.code) {
    case 'invalid-request':
      return [...refusal.errors]
    case 'computer-group-taken':
      return at(field, 'You have a group of this name: use that one, or choose another name')
    case 'computer-of-another-account':
      return at('', 'Groups and keys take computers of their own account alone: go back and mark only your own')
    case 'computer-limit-reached':
      return refusal.scope === 'account'
        ? at('', 'The account’s server licenses are all in use: remove another server first, or order more')
        : at('', 'The key has no room for so many: choose another key, or remove other computers from it first')
    case 'license-taken':
      return at('', 'A license of one of them runs on another computer by now: release it there first')
    case 'activation-key-gone':
      return at('', 'A key of one of them was removed meanwhile: activate the computers with another key')
    case 'undo-expired':
      return at('', 'This was more than a day ago: activate the computers again with their key')
    case 'version-mismatch':
      return at('', 'Somebody changed this meanwhile. Look at what it says now, and send it again if you still want it')
    default:
      return null
  }
}

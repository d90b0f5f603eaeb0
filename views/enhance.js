// What scripts add to pages that work without them. One file after htmx; no inline code, nothing evaluated.
;(() => {
  const reveal = (root) => {
    for (const button of root.querySelectorAll('[data-copy][hidden], [data-show][hidden], [data-all][hidden]'))
      button.hidden = false
  }

  // Says something in the page's status region, or takes back what was said.
  const say = (words) => {
    const note = document.createElement('p')
    note.className = 'note toast'
    note.textContent = words
    document.getElementById('notice')?.replaceChildren(...(words ? [note] : []))
  }

  document.addEventListener('click', async (event) => {
    const button = event.target.closest?.('[data-copy]')
    if (!button) return
    try {
      await navigator.clipboard.writeText(button.dataset.copy)
      say('Copied.')
    } catch {
      getSelection().selectAllChildren(button.previousElementSibling)
      say('Selected. Copy it with Ctrl+C.')
    }
  })

  // Shows what was typed as a password, or hides it again.
  document.addEventListener('click', (event) => {
    const button = event.target.closest?.('[data-show]')
    const field = button && document.getElementById(button.dataset.show)
    if (!field) return
    const shown = field.type === 'text'
    field.type = shown ? 'password' : 'text'
    button.setAttribute('aria-pressed', String(!shown))
  })

  // The box in a list's head marks all rows of the page, or none.
  document.addEventListener('change', ({ target }) => {
    const form = target.dataset?.all
    if (!form) return
    for (const box of document.querySelectorAll(`[type=checkbox][form="${form}"]`)) box.checked = target.checked
  })

  // A form that guards what was typed asks before it is left unsaved.
  const unsaved = () => {
    const form = document.querySelector('form[data-guard]')
    // A form that was refused holds what was typed as if it had come so.
    if (form?.querySelector('[aria-invalid]')) return form
    const fields = [...(form?.elements ?? [])]
    const isOther = (field) =>
      field.options
        ? [...field.options].some((one) => one.selected !== one.defaultSelected)
        : field.value !== field.defaultValue
    return fields.some((field) => field.type !== 'hidden' && field.name && isOther(field)) ? form : null
  }
  let sending = false
  document.addEventListener('submit', () => {
    sending = true
  })
  addEventListener('beforeunload', (event) => !sending && unsaved() && event.preventDefault())
  document.addEventListener(
    'click',
    (event) => {
      const form = event.target.closest?.('a[href]') && unsaved()
      if (!form || confirm(form.dataset.guard)) return
      event.preventDefault()
      event.stopImmediatePropagation()
    },
    true,
  )

  // "/" jumps to the search box, as it does on most lists.
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, textarea, select')
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return
    const search = document.querySelector('[type=search]')
    if (!search) return
    event.preventDefault()
    search.focus()
  })

  document.addEventListener('htmx:before:request', () => say(''))
  document.addEventListener('htmx:error', () => say('No answer from the portal. Check the connection and try again.'))

  // After a whole page was fetched, focus goes where a fresh page would put it. Where a part was, it goes to what came
  // in the place of what it was on, and another page of a list is shown from its beginning.
  document.addEventListener('htmx:finally:request', (event) => {
    const { target, status, sourceElement } = event.detail.ctx
    sending = false
    reveal(document)
    if (status !== 'swapped') return
    if (target === '#page' || target?.id === 'page') return begin()
    const part = document.getElementById(target?.id)
    // What was fetched into a dialog is shown over the page.
    if (part?.showModal) return part.showModal()
    if (document.activeElement === document.body) {
      part?.querySelector('[autofocus], a, button')?.focus({ preventScroll: true })
    }
    if (sourceElement.rel) part?.scrollIntoView()
  })

  const begin = () => {
    const place = document.getElementById('error-summary') ?? document.getElementById('main')
    place?.focus()
    if (place?.id === 'main') scrollTo(0, 0)
  }

  // A checkout is paid in the provider's popup where its script is there; else the form goes to the provider's page.
  const checkout = document.querySelector('form[data-session]')
  const pay = () => {
    const builder = window.fastspring?.builder
    builder?.checkout(checkout.dataset.session)
    return Boolean(builder)
  }
  checkout?.addEventListener('submit', (event) => pay() && event.preventDefault())
  if (checkout?.dataset.now === '') addEventListener('load', () => pay() || checkout.requestSubmit())
  // The provider calls this with the order's number, or with nothing where nobody paid. What counts is its webhook.
  window.porticoPopupClosed = (order) =>
    location.assign(`${checkout.dataset.return}?from=${order?.reference ? 'paid' : 'left'}`)

  reveal(document)
  document.getElementById('error-summary')?.focus()
})()

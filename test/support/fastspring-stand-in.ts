import type { BrowserContext } from 'playwright-core'

/** The provider's script, as far as a page can tell: how it is called, what it puts into the page, what it calls back. */
const script = `
(() => {
  const { storefront, popupClosed } = document.getElementById('fsc-api').dataset
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.href = document.getElementById('fsc-api').src.replace(/[^/]+$/, 'fastspring.css')
  document.head.append(link)
  const listen = ({ data }) => {
    const message = data.fscPopupMessage
    if (message?.action !== 'close') return
    document.getElementById('fscCanvas').remove()
    removeEventListener('message', listen)
    window[popupClosed]?.(message.orderReferences ?? null)
  }
  const push = async ({ checkout }) => {
    await fetch('https://' + storefront + '/builder', { method: 'PUT', body: JSON.stringify({ checkout }) })
    addEventListener('message', listen)
    const canvas = document.createElement('div')
    canvas.id = 'fscCanvas'
    canvas.className = 'fs-popup-background'
    canvas.style.opacity = '0.99'
    const frame = document.createElement('iframe')
    frame.id = 'fsc-popup-frame'
    frame.src = 'https://' + storefront + '/session/' + checkout
    canvas.append(frame)
    document.body.append(canvas)
  }
  window.fastspring = { builder: { push, checkout: (session) => push({ checkout: session?.length > 10 ? session : true }) } }
})()`

const css = '.fs-popup-background{position:fixed;inset:0}.fs-popup-background iframe{width:100%;height:100%}'

/** What the popup shows: pay, or close it. The order's number is the provider's. */
const popup = (reference: string) => `<!doctype html><title>Shop</title>
<button id="pay">Pay now</button><button id="close">Close</button>
<script>
  const close = (more) => parent.postMessage({ fscPopupMessage: { action: 'close', ...more } }, '*')
  document.getElementById('pay').onclick = () => close({ orderReferences: { id: 'order-1', reference: '${reference}' } })
  document.getElementById('close').onclick = () => close({})
</script>`

/** Plays FastSpring's hosts in a browser; whatever is asked of them is noted. */
export async function playFastspring(context: BrowserContext, store: string, reference: string): Promise<string[]> {
  const asked: string[] = []
  const cors = {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': '*',
    'access-control-allow-headers': '*',
  }
  await context.route('https://sbl.onfastspring.com/**', (route) => {
    asked.push(route.request().url())
    const isCss = route.request().url().endsWith('.css')
    return route.fulfill({ contentType: isCss ? 'text/css' : 'text/javascript', body: isCss ? css : script })
  })
  await context.route(`https://${store}/**`, (route) => {
    const request = route.request()
    asked.push(`${request.method()} ${new URL(request.url()).pathname} ${request.postData() ?? ''}`.trim())
    if (request.url().includes('/session/')) return route.fulfill({ contentType: 'text/html', body: popup(reference) })
    return route.fulfill({ contentType: 'application/json', body: '{}', headers: cors })
  })
  return asked
}

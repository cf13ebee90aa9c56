/**
 * The element's own style. Every byte is in the loader: no comments, no line breaks where none are needed.
 * The launcher's sign is all border, because forced colours take backgrounds away.
 */
const css =
  ':host{display:block;height:600px}[hidden],:host([hidden]){display:none!important}' +
  ':host([mode=bubble]){position:fixed;bottom:20px;inset-inline-end:20px;width:60px;height:60px;z-index:2147483000}' +
  '.panel{box-sizing:border-box;height:100%;border:1px solid #8885;border-radius:var(--parlor-radius,16px);overflow:hidden}iframe{display:block;width:100%;height:100%;border:0}' +
  '.bubble{position:absolute;bottom:76px;inset-inline-end:0;width:min(400px,100vw - 40px);height:min(680px,100dvh - 116px);box-shadow:0 8px 40px #0005}' +
  '.screen{box-sizing:border-box;height:100%;padding:24px;overflow:auto;display:grid;gap:12px;place-content:center;justify-items:center;text-align:center;font:15px/1.5 system-ui;background:Canvas;color:CanvasText;overflow-wrap:anywhere}' +
  'b{font-size:18px}p{margin:0}small{white-space:pre-wrap}' +
  'button{font:inherit;min-height:44px;padding:0 20px;border:2px solid transparent;border-radius:30px;background:var(--parlor-accent,#0b6e62);color:var(--parlor-accent-text,#fff);cursor:pointer}button:focus-visible{outline:3px solid Highlight;outline-offset:3px}' +
  '.launcher{width:60px;height:60px;padding:14px;box-shadow:0 8px 40px #0005}' +
  '.launcher:before{content:"";display:block;border:14px solid;border-radius:50% 50% 50% 3px}' +
  '[aria-expanded=true]:before{border-radius:0;clip-path:path("M3 10l3-3 8 8 8-8 3 3-11 11")}' +
  '@media(max-width:480px),(max-height:480px){.bubble{position:fixed;z-index:1;inset:0;width:auto;height:auto;border-radius:0}.bubble:has(.screen){bottom:96px}}'

/** Puts the style into a shadow: an adopted sheet needs no permission of the page's policy. */
export function adoptSheet(shadow: ShadowRoot): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  shadow.adoptedStyleSheets = [sheet]
}

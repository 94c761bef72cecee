// Ways in which a text has been made to run somewhere, in our own words: each would call `ran` with its own number. Markdown's own
// doors first (links of every spelling, references, code, tables, nesting), then HTML of every age, then our own forms abused.

type Attempt = (ran: string) => string

const links: Attempt[] = [
  (ran) => `[tryck](javascript:${ran})`,
  (ran) => `[tryck](JaVaScRiPt:${ran})`,
  (ran) => `[tryck](  javascript:${ran})`,
  (ran) => `[tryck](<javascript:${ran}>)`,
  (ran) => `[tryck](java&#115;cript:${ran})`,
  (ran) => `[tryck](&#106;avascript:${ran})`,
  (ran) => `[tryck](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A${ran})`,
  (ran) => `[tryck](javascript&colon;${ran})`,
  (ran) => `[tryck](java&Tab;script:${ran})`,
  (ran) => `[tryck](java&NewLine;script:${ran})`,
  (ran) => `[tryck](java\tscript:${ran})`,
  (ran) => `[tryck](<java\nscript:${ran}>)`,
  (ran) => `[tryck](%6Aavascript:${ran})`,
  (ran) => `[tryck](javascript://example.org/%0A${ran})`,
  (ran) => `[tryck](vbscript:${ran})`,
  (ran) => `[tryck](livescript:${ran})`,
  (ran) => `[tryck](data:text/html,<script>${ran}</script>)`,
  (ran) => `[tryck](data:text/html;base64,${btoa(`<script>${ran}</script>`)})`,
  (ran) => `[tryck](data:image/svg+xml,<svg onload=${ran}>)`,
  (ran) => `[tryck](blob:https://example.org/${ran})`,
  (ran) => `[tryck](file:///etc/passwd#${ran})`,
  (ran) => `[tryck](https://example.org "a" onmouseover=${ran})`,
  (ran) => `[tryck](https://example.org/"onmouseover="${ran})`,
  (ran) => `[tryck](https://example.org '"><img src=x onerror=${ran}>')`,
  (ran) => `[tryck][x]\n\n[x]: javascript:${ran}`,
  (ran) => `[tryck][x]\n\n[x]: <javascript:${ran}> "titel"`,
  (ran) => `[x]\n\n[x]: data:text/html,<script>${ran}</script>`,
  (ran) => `<javascript:${ran}>`,
  (ran) => `<JAVASCRIPT:${ran}>`,
  (ran) => `https://example.org/<script>${ran}</script>`,
  (ran) => `https://example.org/"onclick=${ran}//`,
  (ran) => `mailto:a@example.org?"onclick="${ran}`,
  (ran) => `javascript:${ran} www.example.org`,
]
const pictures: Attempt[] = [
  (ran) => `![bild](javascript:${ran})`,
  (ran) => `![bild](x" onerror="${ran})`,
  (ran) => `![bild](https://outside.example/${encodeURIComponent(ran)}.png)`,
  (ran) => `![bild](data:image/svg+xml;base64,${btoa(`<svg xmlns="http://www.w3.org/2000/svg" onload="${ran}"/>`)})`,
  (ran) => `![bild][y]\n\n[y]: https://outside.example/${encodeURIComponent(ran)}.gif`,
  (ran) => `![](//outside.example/${encodeURIComponent(ran)})`,
]
const nesting: Attempt[] = [
  (ran) => `*[**[tryck](javascript:${ran})**](https://example.org)*`,
  (ran) => `[![](x)](javascript:${ran})`,
  (ran) => `[a](https://example.org/[b](javascript:${ran}))`,
  (ran) => `**_<b onmouseover=${ran}>fet</b>_**`,
  (ran) => `> - 1. <img src=x onerror=${ran}>`,
  (ran) => `\`\`\`"onmouseover=${ran}\n<script>${ran}</script>\n\`\`\``,
  (ran) => `\`\`\`html"><script>${ran}</script>\nx\n\`\`\``,
  (ran) => `\`</code><script>${ran}</script>\``,
  (ran) => `| a | b |\n|---|:-:|\n| <svg onload=${ran}> | [x](javascript:${ran}) |`,
  (ran) => `# <iframe srcdoc="<script>parent.${ran}</script>"></iframe>`,
  (ran) => `~~<details open ontoggle=${ran}>~~`,
  (ran) => `&lt;script&gt;${ran}&lt;/script&gt;`,
  (ran) => `\\<script>${ran}\\</script>`,
  (ran) => `<!-- --><script>${ran}</script><!--`,
  (ran) => `<!--\n-->\n<img src=x onerror=${ran}>`,
]
const markup: Attempt[] = [
  (ran) => `<script>${ran}</script>`,
  (ran) => `<SCRIPT SRC=//outside.example/x.js></SCRIPT><script>${ran}</script>`,
  (ran) => `</textarea><script>${ran}</script>`,
  (ran) => `</title></style></script><script>${ran}</script>`,
  (ran) => `<scr<script>ipt>${ran}</scr</script>ipt>`,
  (ran) => `<img src=x onerror=${ran}>`,
  (ran) => `<img src="x\`" onerror="${ran}">`,
  (ran) => `"><img src=x onerror=${ran}>`,
  (ran) => `'><svg/onload=${ran}>`,
  (ran) => `<svg><script>${ran}</script></svg>`,
  (ran) => `<svg><animate onbegin=${ran} attributeName=x dur=1s>`,
  (ran) => `<svg><a xlink:href="javascript:${ran}"><text y=20>x</text></a></svg>`,
  (ran) => `<svg><use href="data:image/svg+xml,<svg id='x' onload='${ran}'/>#x"/></svg>`,
  (ran) => `<math><mtext><table><mglyph><style><img src=x onerror=${ran}>`,
  (ran) => `<math><a xlink:href="javascript:${ran}">x</a></math>`,
  (ran) => `<noscript><p title="</noscript><img src=x onerror=${ran}>">`,
  (ran) => `<style>@import "//outside.example/x.css";</style><p style="background:url(javascript:${ran})">`,
  (ran) => `<link rel=stylesheet href=//outside.example/x.css onload=${ran}>`,
  (ran) => `<meta http-equiv=refresh content="0;url=javascript:${ran}">`,
  (ran) => `<base href="javascript:${ran}//">`,
  (ran) => `<iframe src="javascript:parent.${ran}"></iframe>`,
  (ran) => `<object data="javascript:${ran}"></object><embed src="javascript:${ran}">`,
  (ran) => `<form action="javascript:${ran}"><button autofocus onfocus=${ran}>x</button></form>`,
  (ran) => `<input autofocus onfocus=${ran}><select autofocus onfocus=${ran}>`,
  (ran) => `<video><source onerror=${ran}></video><audio src=x onerror=${ran}>`,
  (ran) => `<body onload=${ran}><marquee onstart=${ran}>`,
  (ran) => `<div style="animation:a 1s" onanimationstart=${ran}>x</div>`,
  (ran) => `<template><script>${ran}</script></template>`,
  (ran) => `<dialog open onclose=${ran}><form method=dialog><button>x</button></form></dialog>`,
]
const programs: Attempt[] = [
  (ran) => `{@html '<img src=x onerror=${ran}>'}{${ran}}`,
  (ran) => `\${${ran}} {{${ran}}} <%= ${ran} %>`,
  (ran) => `%samsyn.lang% %sveltekit.body% %sveltekit.nonce%<script>${ran}</script>`,
  (ran) => `</script><script>${ran}</script>{"__typename":"Task"}`,
]
const id = '00000000-0000-4000-8000-000000000000'
const forms: Attempt[] = [
  (ran) => `@[<img src=x onerror=${ran}>](member:${id})`,
  (ran) => `@["onmouseover=${ran} x="](party:${id})`,
  (ran) => `@[x](javascript:${ran})`,
  (ran) => `@[[x](javascript:${ran})](member:${id})`,
  (ran) => `[@[x](member:${id})](javascript:${ran})`,
  (ran) => `#[](javascript:${ran})`,
  (ran) => `#[<img src=x onerror=${ran}>](task:${id})`,
  (ran) => `#[](task:${id}"onmouseover="${ran})`,
  (ran) => `[#[](task:${id})](javascript:${ran})`,
  (ran) => `#[](clause:${id})<script>${ran}</script>`,
]

const attempts = [...links, ...pictures, ...nesting, ...markup, ...programs, ...forms]

/** Every attempt, each calling `ran` with its number: the number says which it was that got through. */
export const corpus: readonly string[] = attempts.map((attempt, number) => attempt(`ran(${number})`))

/** Those that fit on one line of so many characters, as titles and names are. */
export const oneLine = (most: number): string[] => corpus.filter((text) => text.length <= most && !/[\n\r\t]/.test(text))

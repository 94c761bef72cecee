import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Callers } from '../http/callers.ts'

/**
 * Guards: GraphiQL is served by the hub alone, to whoever has a seat, and asks as that person, through the same door as everybody.
 *
 * It is Yoga's own build of it, loaded the first time somebody wants it: nine megabytes that no other page waits for. Its editor writes style
 * elements, so this page allows those; scripts come from here alone, as everywhere.
 */
const PAGE = /^\/c\/([a-z0-9-]{1,100})\/developers\/graphiql$/
const PART = /^\/graphiql\/([a-zA-Z]{1,30}\.(?:js|css))$/

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const YEAR = 'public, max-age=31536000, immutable'

interface Parts {
  readonly files: ReadonlyMap<string, string>
  /** Of all of them: part of their address, so that they may be kept. */
  readonly version: string
}

let parts: Promise<Parts> | undefined
const load = async (): Promise<Parts> => {
  const built = await import('@graphql-yoga/render-graphiql/graphiql')
  const files = new Map([
    ['graphiql.js', built.js],
    ['start.js', START],
    ['graphiql.css', built.css],
    ['editorWorkerService.js', built.editorWorkerService],
    ['json.js', built.jsonWorker],
    ['graphql.js', built.graphqlWorker],
  ])
  const hash = createHash('sha256')
  for (const text of files.values()) hash.update(text)
  return { files, version: hash.digest('base64url').slice(0, 16) }
}

/** Runs in the browser, before and after GraphiQL's own script: where its workers are, and whom it asks. */
const START = `const { slug, version, question } = document.querySelector('#root').dataset
self.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_module, label) => '/graphiql/' + label + '.js?' + version }
addEventListener('load', () =>
  self.YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
    endpoint: '/graphql',
    method: 'POST',
    credentials: 'same-origin',
    additionalHeaders: { 'samsyn-collaboration': slug },
    defaultQuery: question,
  }),
)
`

/** What it opens with: enough to run at once, and to go on from. */
const QUESTION = `# The hub's API, asked as yourself. The book on the left is its documentation; Ctrl+Enter asks.
query Tasks {
  cursor
  collaboration {
    name
    tasks(first: 5) {
      nodes {
        id
        title
        state
        responsible {
          name
        }
      }
    }
  }
}

# What happens, as it happens.
subscription Follow {
  changes {
    ... on ChangeBatch {
      cursor
      changes {
        kind
        subject {
          __typename
          id
        }
      }
    }
  }
}
`

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

const page = (slug: string, version: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>GraphiQL – Samsyn</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/graphiql/graphiql.css?${version}">
<style>html, body, #root { height: 100%; margin: 0 }</style>
<div id="root" data-slug="${slug}" data-version="${version}" data-question="${escape(QUESTION)}"></div>
<script src="/graphiql/start.js?${version}"></script>
<script src="/graphiql/graphiql.js?${version}"></script>
</html>
`

/** Answers at GraphiQL's addresses; false for every other. */
export const answerGraphiql = async (
  request: IncomingMessage,
  response: ServerResponse,
  { callers }: { readonly callers: Callers },
): Promise<boolean> => {
  const [path = ''] = (request.url ?? '').split('?', 1)
  const [, slug] = PAGE.exec(path) ?? []
  const [, name] = PART.exec(path) ?? []
  if (slug === undefined && name === undefined) return false
  if (request.method !== 'GET') {
    response.writeHead(405, { allow: 'GET' }).end('Method not allowed')
    return true
  }
  const { files, version } = await (parts ??= load())
  if (name !== undefined) {
    const text = files.get(name)
    const type = name.endsWith('.css') ? 'text/css' : 'text/javascript'
    if (text === undefined) response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found')
    else response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': YEAR }).end(text)
    return true
  }
  const caller = await callers.byCookie(request.headers.cookie, slug)
  if (typeof caller === 'string' || !caller.viewer) {
    response.writeHead(303, { location: `/sign-in?${new URLSearchParams({ next: path })}` }).end()
    return true
  }
  response
    .writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
    })
    .end(page(slug ?? '', version))
  return true
}

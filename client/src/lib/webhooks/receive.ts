// What a receiver may look like, and what it may ask for. The whole receiver is in `examples/`, run by the tests.

/** What a webhook asks for unless somebody wants something else. */
export const USUAL = `subscription {
  changes {
    ... on ChangeBatch {
      changes {
        id kind at
        subject { ... on Task { id title state dueOn } ... on Comment { id text } }
      }
    }
    ... on Resync { reason cursor }
  }
}`

export const receiver = `import { createServer } from 'node:http'
import { Webhook } from 'standardwebhooks'

const webhook = new Webhook(process.env.SAMSYN_WEBHOOK_SECRET)
createServer(async (request, response) => {
  const body = Buffer.concat(await Array.fromAsync(request)).toString()
  try {
    const { type, data } = webhook.verify(body, request.headers)
    console.log(request.headers['webhook-id'], type, data)
    response.writeHead(204).end()
  } catch {
    response.writeHead(400).end()
  }
}).listen(8080)`

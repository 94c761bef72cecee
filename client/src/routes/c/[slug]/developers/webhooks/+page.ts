import { dataOf } from '#lib/graph/refuse.ts'
import { SendingKeysQuery, WebhooksQuery } from '#lib/webhooks/documents.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, fetch, untrack, url }) => {
  const { graph } = await parent()
  const asked = untrack(() => new URL(url))
  const [webhooks, keys] = await Promise.all([
    graph.read(WebhooksQuery, {}, { fetch }),
    graph.read(SendingKeysQuery, {}, { fetch }),
  ])
  dataOf(webhooks, asked)
  dataOf(keys, asked)
}

import { graphql, type ResultOf } from '#lib/graph/graphql.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import { MemberFields, type Member } from '#lib/graph/subjects.ts'

export const MoreMembers = graphql(
  `
    query MoreMembers($after: String!) {
      collaboration {
        id
        members(removed: false, first: 100, after: $after) {
          nodes {
            ...MemberFields
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [MemberFields],
)

type PageInfo = { hasNextPage: boolean; endCursor: string | null }

/** Everybody who holds a seat: those whom the hub knows from the start, and in a large collaboration the rest. */
export const readMembers = async (hub: Hub): Promise<readonly Member[]> => {
  let all = hub.members
  let page: PageInfo | undefined = hub.collaboration.members.pageInfo
  while (page?.hasNextPage && page.endCursor) {
    const after: string = page.endCursor
    const { data }: { data?: ResultOf<typeof MoreMembers> } = await hub.graph.read(MoreMembers, { after })
    const more = data?.collaboration?.members
    all = [...all, ...(more?.nodes ?? [])]
    page = more?.pageInfo
  }
  return all
}

import { graphql, type FragmentOf, type ResultOf } from '#lib/graph/graphql.ts'
import { CommentFields, FileFields, MemberName, PartyFields, TaskCardFields } from '#lib/graph/subjects.ts'

export const VersionCard = graphql(
  `
    fragment VersionCard on AgreementVersion {
      id
      number
      state
      hash
      madeAt
      inForceAt
      endedAt
      version
      signatures {
        id
        hash
        signedAt
        party {
          ...PartyFields
        }
        member {
          ...MemberName
        }
      }
      awaiting {
        ...PartyFields
      }
      files {
        ...FileFields
      }
      proposal {
        id
        title
        party {
          ...PartyFields
        }
      }
    }
  `,
  [MemberName, PartyFields, FileFields],
)

export const ProposalCard = graphql(
  `
    fragment ProposalCard on Proposal {
      id
      title
      reason
      state
      version
      createdAt
      openedAt
      decidedAt
      party {
        ...PartyFields
      }
      author {
        ...MemberName
      }
      answers {
        id
        position
        reason
        answeredAt
        party {
          ...PartyFields
        }
        member {
          ...MemberName
        }
      }
      awaiting {
        ...PartyFields
      }
      changes {
        kind
        clauseId
        parentId
        afterId
        heading
        text
      }
      base {
        id
        number
      }
      result {
        id
        number
        state
      }
    }
  `,
  [MemberName, PartyFields],
)

const ClauseWords = graphql(`
  fragment ClauseWords on Clause {
    id
    number
    depth
    parentId
    heading
    text
    removed
    version
  }
`)

const Compared = graphql(`
  fragment Compared on ClauseComparison {
    clauseId
    change
    moved
    before {
      number
      depth
      heading
      text
    }
    after {
      number
      depth
      heading
      text
    }
    heading {
      kind
      text
    }
    text {
      kind
      text
    }
  }
`)

/** The text that is read, what stands beside it, and what state it is in. */
export const AgreementQuery = graphql(
  `
    query Agreement {
      cursor
      collaboration {
        id
        agreement {
          id
          title
          provenance
          version
          latest {
            ...VersionCard
          }
          inForce {
            ...VersionCard
          }
          clauses {
            ...ClauseWords
            comments(first: 1) {
              totalCount
              nodes {
                id
              }
              pageInfo {
                hasNextPage
                endCursor
              }
            }
            tasks(first: 50) {
              totalCount
              nodes {
                ...TaskCardFields
              }
              pageInfo {
                hasNextPage
                endCursor
              }
            }
          }
          proposals(states: [OPEN], first: 50) {
            totalCount
            nodes {
              ...ProposalCard
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
        }
      }
    }
  `,
  [VersionCard, ClauseWords, TaskCardFields, ProposalCard],
)

export const ClauseQuery = graphql(
  `
    query Clause($id: ID!, $comments: Int!) {
      cursor
      node(id: $id) {
        __typename
        id
        ... on Clause {
          ...ClauseWords
          comments(first: $comments) {
            totalCount
            nodes {
              ...CommentFields
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
        }
      }
    }
  `,
  [ClauseWords, CommentFields],
)

export const VersionsQuery = graphql(
  `
    query Versions($first: Int!) {
      cursor
      collaboration {
        id
        agreement {
          id
          title
          provenance
          version
          versions(first: $first) {
            totalCount
            nodes {
              ...VersionCard
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
        }
      }
    }
  `,
  [VersionCard],
)

export const CompareQuery = graphql(
  `
    query Compare($from: ID!, $to: ID!) {
      cursor
      node(id: $from) {
        __typename
        id
        ... on AgreementVersion {
          number
          compare(to: $to) {
            ...Compared
          }
        }
      }
    }
  `,
  [Compared],
)

export const ProposalsQuery = graphql(
  `
    query Proposals($states: [ProposalState!], $first: Int!, $after: String) {
      cursor
      collaboration {
        id
        agreement {
          id
          proposals(states: $states, first: $first, after: $after) {
            totalCount
            nodes {
              ...ProposalCard
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
        }
      }
    }
  `,
  [ProposalCard],
)

export const ProposalQuery = graphql(
  `
    query Proposal($id: ID!) {
      cursor
      node(id: $id) {
        __typename
        id
        ... on Proposal {
          ...ProposalCard
          comparison {
            ...Compared
          }
        }
      }
    }
  `,
  [ProposalCard, Compared],
)

/** What a draft is written against: the words of the newest version. */
export const BaseQuery = graphql(
  `
    query Base {
      cursor
      collaboration {
        id
        agreement {
          id
          latest {
            id
            number
          }
          clauses {
            ...ClauseWords
          }
        }
      }
    }
  `,
  [ClauseWords],
)

/** The words of one version, which never change. */
export const VersionTextQuery = graphql(`
  query VersionText($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on AgreementVersion {
        clauses {
          parentId
          heading
          text
          clause {
            id
          }
        }
      }
    }
  }
`)

export type Agreement = NonNullable<NonNullable<ResultOf<typeof AgreementQuery>['collaboration']>['agreement']>
export type AgreementClause = Agreement['clauses'][number]
export type Version = FragmentOf<typeof VersionCard>
export type Proposal = FragmentOf<typeof ProposalCard>
export type ProposalState = Proposal['state']
export type Comparison = FragmentOf<typeof Compared>
export type Position = Proposal['answers'][number]['position']

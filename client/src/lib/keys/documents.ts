import { failures } from '#lib/graph/failures.ts'
import { graphql } from '#lib/graph/graphql.ts'
import { KeyFields } from '#lib/graph/subjects.ts'

export const KeysQuery = graphql(
  `
    query Keys {
      cursor
      limits {
        cost
        costPerMinute
        perPage
        depth
        aliases
        messageBytes
        sockets
        subscriptions
      }
      collaboration {
        id
        keys(first: 100) {
          totalCount
          nodes {
            ...KeyFields
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [KeyFields],
)

export const MakeKey = graphql(
  `
    mutation MakeKey($input: MakeKeyInput!) {
      makeKey(input: $input) {
        __typename
        ... on KeyMade {
          cursor
          secret
          key {
            ...KeyFields
          }
        }
        ...InvalidFields
        ...ConflictFields
        ...NotAllowedFields
        ...NotFoundFields
        ...TryAgainFields
      }
    }
  `,
  [...failures, KeyFields],
)

export const RotateKey = graphql(
  `
    mutation RotateKey($input: RotateKeyInput!) {
      rotateKey(input: $input) {
        __typename
        ... on KeyRotated {
          cursor
          secret
          key {
            ...KeyFields
          }
        }
        ...InvalidFields
        ...ConflictFields
        ...NotAllowedFields
        ...NotFoundFields
        ...TryAgainFields
      }
    }
  `,
  [...failures, KeyFields],
)

export const EndFormerKey = graphql(
  `
    mutation EndFormerKey($input: EndFormerKeyInput!) {
      endFormerKey(input: $input) {
        __typename
        ... on KeyChanged {
          cursor
          key {
            ...KeyFields
          }
        }
        ...InvalidFields
        ...ConflictFields
        ...NotAllowedFields
        ...NotFoundFields
        ...TryAgainFields
      }
    }
  `,
  [...failures, KeyFields],
)

export const RevokeKey = graphql(
  `
    mutation RevokeKey($input: RevokeKeyInput!) {
      revokeKey(input: $input) {
        __typename
        ... on KeyChanged {
          cursor
          key {
            ...KeyFields
          }
        }
        ...InvalidFields
        ...ConflictFields
        ...NotAllowedFields
        ...NotFoundFields
        ...TryAgainFields
      }
    }
  `,
  [...failures, KeyFields],
)

import { failures } from '#lib/graph/failures.ts'
import { graphql } from '#lib/graph/graphql.ts'
import { MemberFields } from '#lib/graph/subjects.ts'

export const InviteMember = graphql(
  `
    mutation InviteMember($input: InviteMemberInput!) {
      inviteMember(input: $input) {
        __typename
        ... on MemberInvited {
          cursor
          invitationUrl
          member {
            ...MemberFields
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
  [...failures, MemberFields],
)

export const ChangeMember = graphql(
  `
    mutation ChangeMember($input: ChangeMemberInput!) {
      changeMember(input: $input) {
        __typename
        ... on MemberChanged {
          cursor
          member {
            ...MemberFields
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
  [...failures, MemberFields],
)

export const RemoveMember = graphql(
  `
    mutation RemoveMember($input: RemoveMemberInput!) {
      removeMember(input: $input) {
        __typename
        ... on MemberChanged {
          cursor
          member {
            ...MemberFields
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
  [...failures, MemberFields],
)

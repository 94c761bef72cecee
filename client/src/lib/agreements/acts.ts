import { failures } from '#lib/graph/failures.ts'
import { graphql } from '#lib/graph/graphql.ts'
import { ProposalCard, VersionCard } from './documents.ts'

export const DraftProposal = graphql(
  `
    mutation DraftProposal($input: DraftProposalInput!) {
      draftProposal(input: $input) {
        __typename
        ... on ProposalChanged {
          cursor
          proposal {
            ...ProposalCard
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
  [...failures, ProposalCard],
)

export const EditProposal = graphql(
  `
    mutation EditProposal($input: EditProposalInput!) {
      editProposal(input: $input) {
        __typename
        ... on ProposalChanged {
          cursor
          proposal {
            ...ProposalCard
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
  [...failures, ProposalCard],
)

export const OpenProposal = graphql(
  `
    mutation OpenProposal($input: OpenProposalInput!) {
      openProposal(input: $input) {
        __typename
        ... on ProposalChanged {
          cursor
          proposal {
            ...ProposalCard
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
  [...failures, ProposalCard],
)

export const WithdrawProposal = graphql(
  `
    mutation WithdrawProposal($input: WithdrawProposalInput!) {
      withdrawProposal(input: $input) {
        __typename
        ... on ProposalChanged {
          cursor
          proposal {
            ...ProposalCard
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
  [...failures, ProposalCard],
)

export const AnswerProposal = graphql(
  `
    mutation AnswerProposal($input: AnswerProposalInput!) {
      answerProposal(input: $input) {
        __typename
        ... on ProposalChanged {
          cursor
          proposal {
            ...ProposalCard
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
  [...failures, ProposalCard],
)

export const SignVersion = graphql(
  `
    mutation SignVersion($input: SignVersionInput!) {
      signVersion(input: $input) {
        __typename
        ... on VersionChanged {
          cursor
          agreementVersion {
            ...VersionCard
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
  [...failures, VersionCard],
)

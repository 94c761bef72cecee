import { failures } from '#lib/graph/failures.ts'
import { graphql } from '#lib/graph/graphql.ts'
import { WebhookFields } from '#lib/graph/subjects.ts'

export const WebhooksQuery = graphql(
  `
    query Webhooks {
      cursor
      collaboration {
        id
        webhooks(first: 100) {
          totalCount
          nodes {
            ...WebhookFields
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [WebhookFields],
)

/** With whose access one may send. */
export const SendingKeysQuery = graphql(`
  query SendingKeys {
    cursor
    collaboration {
      id
      keys(first: 100) {
        nodes {
          id
          name
          expiresAt
          revokedAt
        }
      }
    }
  }
`)

/** How it goes with one of them, which no event tells. */
export const DeliveriesQuery = graphql(`
  query Deliveries($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Webhook {
        replaying
        attempts
        failingSince
        nextAttemptAt
        deliveredAt
        deliveries(first: 20) {
          nodes {
            id
            messageId
            kind
            from
            attempt
            at
            problem
            status
            durationMs
            answer
          }
        }
      }
    }
  }
`)

export const MakeWebhook = graphql(
  `
    mutation MakeWebhook($input: MakeWebhookInput!) {
      makeWebhook(input: $input) {
        __typename
        ... on WebhookSealed {
          cursor
          secret
          webhook {
            ...WebhookFields
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
  [...failures, WebhookFields],
)

export const EditWebhook = graphql(
  `
    mutation EditWebhook($input: EditWebhookInput!) {
      editWebhook(input: $input) {
        __typename
        ... on WebhookChanged {
          cursor
          webhook {
            ...WebhookFields
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
  [...failures, WebhookFields],
)

export const ChangeWebhookSecret = graphql(
  `
    mutation ChangeWebhookSecret($input: ChangeWebhookSecretInput!) {
      changeWebhookSecret(input: $input) {
        __typename
        ... on WebhookSealed {
          cursor
          secret
          webhook {
            ...WebhookFields
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
  [...failures, WebhookFields],
)

export const PauseWebhook = graphql(
  `
    mutation PauseWebhook($input: PauseWebhookInput!) {
      pauseWebhook(input: $input) {
        __typename
        ... on WebhookChanged {
          cursor
          webhook {
            ...WebhookFields
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
  [...failures, WebhookFields],
)

export const ResumeWebhook = graphql(
  `
    mutation ResumeWebhook($input: ResumeWebhookInput!) {
      resumeWebhook(input: $input) {
        __typename
        ... on WebhookChanged {
          cursor
          webhook {
            ...WebhookFields
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
  [...failures, WebhookFields],
)

export const TestWebhook = graphql(
  `
    mutation TestWebhook($input: TestWebhookInput!) {
      testWebhook(input: $input) {
        __typename
        ... on WebhookChanged {
          cursor
          webhook {
            ...WebhookFields
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
  [...failures, WebhookFields],
)

export const ReplayWebhook = graphql(
  `
    mutation ReplayWebhook($input: ReplayWebhookInput!) {
      replayWebhook(input: $input) {
        __typename
        ... on WebhookChanged {
          cursor
          webhook {
            ...WebhookFields
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
  [...failures, WebhookFields],
)

export const RemoveWebhook = graphql(
  `
    mutation RemoveWebhook($input: RemoveWebhookInput!) {
      removeWebhook(input: $input) {
        __typename
        ... on WebhookChanged {
          cursor
          webhook {
            ...WebhookFields
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
  [...failures, WebhookFields],
)

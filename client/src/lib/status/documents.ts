import { graphql, type ResultOf } from '#lib/graph/graphql.ts'

export const StatusQuery = graphql(`
  query Status {
    hubStatus {
      version
      startedAt
      parts {
        name
        state
        waited
      }
    }
  }
`)

export type Status = NonNullable<ResultOf<typeof StatusQuery>['hubStatus']>

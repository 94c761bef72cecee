import { graphql } from '#lib/graph/graphql.ts'

/** What may be sent in, so that nobody waits for a file to be sent and refused. */
export const FileRulesQuery = graphql(`
  query FileRules {
    fileRules {
      mostBytes
      endings
    }
  }
`)

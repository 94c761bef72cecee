// What comments have said before: asked for anew when it changes, forgotten when it is withdrawn.
import { gql } from '@urql/core'
import type { Cache } from '@urql/exchange-graphcache'

const text = (value: unknown) => (typeof value === 'string' ? value : null)

/** What has been said before is compared by the server: whoever shows it asks for it anew. */
export const forgetWordings = (cache: Cache, key: string) => {
  for (const { fieldName, arguments: args } of cache.inspectFields(key))
    if (fieldName === 'wordings') cache.invalidate(key, fieldName, args)
}

const erased = gql`
  fragment Erased on Entry {
    id
    changes {
      field
      from
      to
    }
  }
`

/** A withdrawn comment takes its words along, also those that the activity of its task shows. */
export const eraseTexts = (cache: Cache, key: string) => {
  forgetWordings(cache, key)
  const task = text(cache.resolve(key, 'task'))
  const id = cache.resolve(key, 'id')
  if (!task) return
  const pages = cache.inspectFields(task).filter(({ fieldName }) => fieldName === 'activity')
  for (const { fieldKey } of pages) {
    const entries = cache.resolve(text(cache.resolve(task, fieldKey)), 'nodes')
    for (const entry of Array.isArray(entries) ? entries : []) {
      if (typeof entry !== 'string' || cache.resolve(entry, 'subjectId') !== id) continue
      const told = cache.readFragment(erased, { __typename: 'Entry', id: entry.slice('Entry:'.length) }) as Told | null
      const changes = told?.changes.map(({ field }) => ({ __typename: 'FieldChange', field, from: null, to: null }))
      if (told && changes) cache.writeFragment(erased, { __typename: 'Entry', id: told.id, changes })
    }
  }
}
type Told = { id: string; changes: readonly { field: string }[] }

import { readFileSync } from 'node:fs'
import { buildSchema, isObjectType, parse } from 'graphql'
import { expect, test } from 'vitest'
import { isPersonal, PERSONAL } from './personal.ts'

// As printed, so that it is made of the same library as the test's.
const schema = buildSchema(readFileSync(new URL('../../../schema/schema.graphql', import.meta.url), 'utf8'))
const personal = (selection: string) => isPersonal(schema, parse(`subscription { changes { ${selection} } }`))

test('what a whole party is told with the same words holds nothing personal', () => {
  expect(
    personal(
      '... on ChangeBatch { cursor changes { kind subject { id ... on Task { title comments(first: 1) { totalCount } } } } }',
    ),
  ).toBe(false)
  expect(personal('... on ChangeBatch { unreadCount }')).toBe(true)
  expect(personal('... on ChangeBatch { changes { subject { ... on Notification { reason } } } }')).toBe(true)
  const named =
    'subscription { changes { ...Told } } fragment Told on ChangeBatch { changes { subject { ...One } } } fragment One on Notification { id }'
  expect(isPersonal(schema, parse(named))).toBe(true)
})

test('whatever belongs to one member says so', () => {
  const named = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type)
      ? [
          ...(type.description?.startsWith(PERSONAL) ? [type.name] : []),
          ...Object.values(type.getFields())
            .filter(({ description }) => description?.startsWith(PERSONAL))
            .map(({ name }) => `${type.name}.${name}`),
        ]
      : [],
  )
  expect(named).toMatchInlineSnapshot(`
    [
      "ChangeBatch.unreadCount",
      "ChannelChoice",
      "InboxChanged",
      "Mute",
      "MutesChanged",
      "Notification",
      "NotificationSettings",
      "PushBrowser",
      "Query.personalCursor",
      "Seat",
      "SettingsChanged",
      "Viewer",
      "Viewer.inbox",
      "Viewer.mutes",
      "Viewer.notificationSettings",
      "Viewer.unreadCount",
      "VisitNoted",
    ]
  `)
})

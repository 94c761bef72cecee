// Guards: cached state and events are what a fresh query would give. `tests/cache` holds both against each other for every kind
// of event.
//
// The normalised cache: schema-aware, kept true by `lists.ts`, and quick to answer by `optimistic.ts`. Plain TypeScript, so that a
// test can hold it beside a fresh query without a browser.
import { cacheExchange, type Cache, type CacheExchangeOpts, type Data } from '@urql/exchange-graphcache'
import { gql, type Exchange } from '@urql/core'
import type { Change, ChangesResult } from './changes.ts'
import { introspection } from './generated/introspection.ts'
import { keyOf, typeOf } from './ids.ts'
import { placeProposal, placeVersion } from './agreements.ts'
import { placeFile } from './files.ts'
import {
  collaborationOf,
  forget,
  lift,
  placeComment,
  placeEntry,
  placeKey,
  placeCalendarLink,
  placeWebhook,
  placeMember,
  placeNotification,
  placeTask,
  showsActivity,
} from './lists.ts'
import { named, unnamed } from './named.ts'
import { optimistic } from './optimistic.ts'
import { eraseTexts, forgetWordings } from './wordings.ts'
import { lastVisitOf } from './visit.ts'

const entryOf = gql`
  fragment EntryOf on Entry {
    id
    kind
    at
    subjectId
    subjectVersion
    subject {
      id
    }
    actor {
      id
    }
    party {
      id
    }
    changes {
      field
      from
      to
    }
  }
`

/** Where an entry is told of: at the collaboration, and at its task if it has one. */
const placesOf = (cache: Cache, { subjectId }: Change): string[] => {
  const key = keyOf(subjectId)
  // It has a task, and is none of the task's doings; what is personal is none of the collaboration's.
  if (typeOf(subjectId).startsWith('Notification')) return []
  const task = typeOf(subjectId) === 'Task' ? key : cache.resolve(key, 'task')
  return [task, collaborationOf(cache)].filter((place): place is string => typeof place === 'string')
}

const place = (cache: Cache, id: string, entries?: readonly Change[]) => {
  const type = typeOf(id)
  if (type === 'Task') placeTask(cache, keyOf(id), entries)
  if (type === 'Comment') placeComment(cache, keyOf(id), entries)
  if (type === 'Member') placeMember(cache, keyOf(id), entries)
  if (type === 'Proposal') placeProposal(cache, keyOf(id), entries)
  if (type === 'AgreementVersion') placeVersion(cache, keyOf(id), entries)
  if (type === 'ApiKey') placeKey(cache, keyOf(id), entries)
  if (type === 'CalendarLink') placeCalendarLink(cache, keyOf(id), entries)
  if (type === 'Webhook') placeWebhook(cache, keyOf(id), entries)
  if (type === 'Notification') placeNotification(cache, keyOf(id), entries !== undefined)
  if (type === 'File') placeFile(cache, keyOf(id))
}

/** What a batch means for the lists. Its subjects are in the cache already when this runs. */
const follow = (cache: Cache, changes: readonly Change[]) => {
  const bySubject = new Map<string, Change[]>()
  for (const change of changes) bySubject.set(change.subjectId, [change, ...(bySubject.get(change.subjectId) ?? [])])
  for (const change of changes) {
    const shown = placesOf(cache, change).filter((place) => showsActivity(cache, place))
    if (shown.length === 0) continue
    const { id, kind, at, subjectId, subjectVersion, gone, actor, party } = change
    const fieldChanges = change.changes.map((one) => ({ ...one, __typename: 'FieldChange' }))
    cache.writeFragment(entryOf, {
      __typename: 'Entry',
      id,
      kind,
      at,
      subjectId,
      subjectVersion,
      subject: gone ? null : { __typename: typeOf(subjectId), id: subjectId },
      actor,
      party,
      changes: fieldChanges,
    })
    for (const place of shown) placeEntry(cache, place, `Entry:${id}`)
  }
  if (bySubject.size > 1) for (const [id, entries] of bySubject) lift(cache, keyOf(id), entries)
  for (const [id, entries] of bySubject) {
    if (entries[0]?.gone) forget(cache, keyOf(id))
    else place(cache, id, entries)
    if (entries.some(({ kind }) => kind === 'comment.edited')) forgetWordings(cache, keyOf(id))
    if (entries.some(({ kind }) => kind === 'comment.withdrawn')) eraseTexts(cache, keyOf(id))
  }
}

const unread = gql`
  query Unread {
    viewer {
      unreadCount
    }
  }
`

/** How many are unread is told with every batch from the member's own stream; the viewer says it too. */
const setUnread = (cache: Cache, unreadCount: unknown) => {
  if (typeof unreadCount === 'number')
    cache.updateQuery({ query: unread }, (data) => data && { ...data, viewer: { ...(data.viewer as Data), unreadCount } })
}

/** An act on one's own inbox: each of the named takes its place, and the number is told. */
const handled = (result: Data, _: unknown, cache: Cache): void => {
  for (const answer of Object.values(result)) {
    if (answer === null || typeof answer !== 'object' || !('notifications' in answer)) continue
    const { notifications, unreadCount } = answer as unknown as { notifications: { id: string }[]; unreadCount: number }
    for (const { id } of notifications) place(cache, id)
    setUnread(cache, unreadCount)
  }
}

const placed =
  (subject: 'task' | 'comment' | 'member' | 'key' | 'link' | 'webhook' | 'proposal' | 'agreementVersion' | 'file') =>
  (result: Data, _: unknown, cache: Cache): void => {
    for (const answer of Object.values(result)) {
      if (answer === null || typeof answer !== 'object' || !(subject in answer)) continue
      const thing: unknown = Reflect.get(answer, subject)
      const id: unknown = thing && typeof thing === 'object' ? Reflect.get(thing, 'id') : null
      if (typeof id === 'string') place(cache, id)
    }
  }

/** Types without an id of their own live in their parent; `__place` lets `window.ts` write to such a record. */
const embedded = (data: Data) => (typeof data.__place === 'string' ? data.__place : null)
const placeless = [
  'PageInfo',
  'CollaborationActivityConnection',
  'CollaborationTasksConnection',
  'CollaborationMembersConnection',
  'CollaborationKeysConnection',
  'CollaborationCalendarLinksConnection',
  'CollaborationWebhooksConnection',
  'WebhookDeliveriesConnection',
  'TaskCommentsConnection',
  'TaskActivityConnection',
  'AgreementVersionsConnection',
  'AgreementProposalsConnection',
  'ClauseTasksConnection',
  'ClauseCommentsConnection',
  'ViewerInboxConnection',
  'CommentWordingsConnection',
  'QuerySignedHeadsConnection',
]
const nothing = () => null
const withoutKey = [
  'SearchConnection',
  'SearchHit',
  'SearchPiece',
  'SearchCount',
  'Change',
  'ChangeBatch',
  'Resync',
  'FieldChange',
  'FieldConflict',
  'InputIssue',
  'Seat',
  'Viewer',
  'Mute',
  'ChannelChoice',
  'VersionClause',
  'ClauseChange',
  'ClauseComparison',
  'ClauseAt',
  'TextPiece',
  'FileRules',
  'Limits',
  'Wording',
  'VisitNoted',
]

export const cacheOptions: CacheExchangeOpts = {
  schema: introspection,
  globalIDs: placeless,
  keys: {
    ...Object.fromEntries(placeless.map((type) => [type, embedded])),
    ...Object.fromEntries(withoutKey.map((type) => [type, nothing])),
  },
  resolvers: {
    Query: named,
  },
  updates: {
    Query: unnamed,
    Mutation: {
      createTask: placed('task'),
      editTask: placed('task'),
      assignTask: placed('task'),
      moveTask: placed('task'),
      shareTask: placed('task'),
      archiveTask: placed('task'),
      restoreTask: placed('task'),
      writeComment: placed('comment'),
      editComment: placed('comment'),
      withdrawComment: placed('comment'),
      inviteMember: placed('member'),
      changeMember: placed('member'),
      removeMember: placed('member'),
      draftProposal: placed('proposal'),
      editProposal: placed('proposal'),
      openProposal: placed('proposal'),
      withdrawProposal: placed('proposal'),
      answerProposal: placed('proposal'),
      signVersion: placed('agreementVersion'),
      makeKey: placed('key'),
      rotateKey: placed('key'),
      endFormerKey: placed('key'),
      revokeKey: placed('key'),
      makeCalendarLink: placed('link'),
      revokeCalendarLink: placed('link'),
      makeWebhook: placed('webhook'),
      editWebhook: placed('webhook'),
      pauseWebhook: placed('webhook'),
      resumeWebhook: placed('webhook'),
      changeWebhookSecret: placed('webhook'),
      testWebhook: placed('webhook'),
      replayWebhook: placed('webhook'),
      removeWebhook: placed('webhook'),
      readNotifications: handled,
      unreadNotifications: handled,
      finishNotifications: handled,
      reopenNotifications: handled,
      snoozeNotifications: handled,
      wakeNotifications: handled,
      attachFile: placed('file'),
      removeFile: placed('file'),
      noteVisit: lastVisitOf,
    },
    Subscription: {
      changes: (result, _, cache) => {
        const changes = result.changes as ChangesResult & { unreadCount?: number | null }
        if (changes.__typename !== 'ChangeBatch') return
        follow(cache, changes.changes)
        setUnread(cache, changes.unreadCount)
      },
    },
  },
  optimistic,
}

export const createCache = (): Exchange => cacheExchange(cacheOptions)

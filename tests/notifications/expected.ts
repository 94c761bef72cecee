import type { World } from '../world/world.ts'

// Who ought to have been told of what: the rules said a second time, by walking each party's stream from its beginning and
// remembering, instead of looking back from each entry as the server does.

interface Row {
  readonly party: string
  readonly seq: string
  readonly entry: string
  readonly kind: string
  readonly actor: string | null
  readonly by: string | null
  readonly thread: string | null
  readonly changes: { readonly [field: string]: { readonly from: unknown; readonly to: unknown } }
  readonly text: string
}

interface Seat {
  readonly id: string
  readonly party: string
  readonly roles: readonly string[]
  /** Mandates that hold today, none for those whose party signs nothing. */
  readonly mandates: readonly string[]
}

/** Whoever does one of these hears of what comes after. */
const JOINING = /^(task\.created|comment\.written|proposal\.(drafted|edited|opened|answered)|version\.signed)$/

/** `member entry reason`, of what stands after these places in the parties' streams. */
export const expected = async (world: World, since: ReadonlyMap<string, number>): Promise<string[]> => {
  const seats = await world.sql<Seat>(
    `select member.id, party_id as party, roles::text[], array(select kind::text from mandate where member_id = member.id
       and party.role = 'SIGNATORY' and current_date between valid_from and coalesce(valid_to, 'infinity')) as mandates
     from member join party on party.id = party_id where removed_at is null`,
  )
  const rows = await world.sql<Row>(
    `select party.id as party, stream_entry.seq, entry.id as entry, entry.kind, entry.actor_id as actor, entry.party_id as by,
       coalesce(comment.task_id, comment.clause_id, version.proposal_id,
         case when entry.subject_type in ('Task', 'Proposal') then entry.subject_id end) as thread, entry.changes,
       coalesce((select string_agg(commitment.value, ' ') from commitment where commitment.entry_id = entry.id
         and hash in (select change.value #>> '{to,commitment}' from jsonb_each(entry.changes) change)), '') as text
     from party join stream_entry on stream_id = party.id join journal_entry entry on entry.id = entry_id
     left join comment on comment.id = entry.subject_id left join agreement_version version on version.id = entry.subject_id order by party.id, seq`,
  )
  const told: string[] = []
  const threads = new Map<string, { writers: Set<string>; doing: Set<string> }>()
  for (const { party, seq, entry, kind, actor, by, thread: id, changes, text } of rows) {
    const people = seats.filter((seat) => seat.party === party)
    const leading = people.filter(({ roles }) => roles.includes('COORDINATOR')).map((seat) => seat.id)
    const administering = people.filter(({ roles }) => roles.includes('ADMIN')).map((seat) => seat.id)
    const mandated = (mandate: string) => people.filter(({ mandates }) => mandates.includes(mandate)).map((seat) => seat.id)
    const everybody = people.map((seat) => seat.id)
    const key = `${party} ${id}`
    const known = threads.get(key)
    const thread = known ?? { writers: new Set<string>(), doing: new Set<string>() }
    const listed = (field: string, side: 'from' | 'to'): string[] => (changes[field]?.[side] ?? []) as string[]
    const came = (field: string) => listed(field, 'to').filter((id) => !listed(field, 'from').includes(id))
    const reasons = new Map<string, string>()
    const tell = (reason: string, ids: Iterable<string>) => {
      for (const id of ids) if (id !== actor && people.some((seat) => seat.id === id) && !reasons.has(id)) reasons.set(id, reason)
    }
    const toldBefore = kind === 'proposal.opened' && known !== undefined
    const named = toldBefore ? [] : [...text.matchAll(/@\[[^\]]+\]\((member|party):([0-9a-f-]{36})\)/g)]
    if (kind === 'task.created' || kind === 'task.assigned') tell('ASSIGNED', came('assignees'))
    if (kind === 'task.assigned' && by !== party && came('responsible').includes(party)) tell('SHARED', leading)
    if (kind === 'task.shared' && !known) tell('SHARED', leading)
    for (const [, type, whom] of named) if (type === 'member' && whom) tell('MENTIONED', [whom])
    for (const [, type, whom] of named) if (type === 'party' && whom === party) tell('PARTY_MENTIONED', everybody)
    const followers = [...thread.writers, ...thread.doing]
    if (kind === 'comment.written') tell('COMMENT', followers)
    if (kind === 'proposal.opened') tell('PROPOSED', [...mandated('VOTE'), ...leading])
    if (kind === 'proposal.answered') tell('ANSWERED', followers)
    if (kind === 'version.made') tell('TO_SIGN', mandated('SIGN'))
    if (['proposal.rejected', 'proposal.overtaken', 'proposal.withdrawn', 'version.made'].includes(kind))
      tell('DECIDED', followers)
    if (kind === 'version.signed') tell('SIGNED', followers)
    if (kind === 'webhook.stopped') tell('WEBHOOK_STOPPED', administering)
    if (kind === 'version.entered') tell('IN_FORCE', everybody)
    if (Number(seq) > (since.get(party) ?? 0)) for (const [whom, reason] of reasons) told.push(`${whom} ${entry} ${reason}`)
    if (JOINING.test(kind) && actor) thread.writers.add(actor)
    else if (kind !== 'task.assigned' && kind !== 'task.shared') continue
    if (changes['assignees']) thread.doing = new Set(listed('assignees', 'to'))
    threads.set(key, thread)
  }
  return told.toSorted()
}

/** The same of what there is. */
export const present = async (world: World, since: ReadonlyMap<string, number>): Promise<string[]> => {
  const rows = await world.sql<{ told: string; party: string; seq: string }>(
    `select notification.member_id || ' ' || notification.entry_id || ' ' || reason as told, member.party_id as party, seq
     from notification join member on member.id = member_id
     join stream_entry on stream_entry.entry_id = notification.entry_id and stream_id = member.party_id`,
  )
  return rows
    .filter(({ party, seq }) => Number(seq) > (since.get(party) ?? 0))
    .map(({ told }) => told)
    .toSorted()
}

/** `member task reason day`, as tasks now are: days that come close to those who do them, days that have passed to those who lead as well. */
export const daysExpected = async (world: World): Promise<string[]> =>
  (
    await world.sql<{ told: string }>(
      `select member.id || ' ' || task.id || ' ' || case when due_on < today then 'OVERDUE' else 'DUE' end || ' ' || due_on as told
       from task cross join (select (now() at time zone 'Europe/Stockholm')::date as today) as clock
       join member on member.party_id = any (task.readers) and member.removed_at is null
       where archived_at is null and state in ('GIVEN', 'ONGOING') and due_on - today between -7 and 1
         and (member.id = any (assignees)
           or (due_on < today and member.party_id = any (responsible) and 'COORDINATOR' = any (member.roles)))`,
    )
  ).map(({ told }) => told)

/** Which of them there are. */
export const daysPresent = async (world: World, days: readonly string[]): Promise<string[]> =>
  (
    await world.sql<{ told: string }>(
      `select member_id || ' ' || task_id || ' ' || reason || ' ' || due_on as told from notification where entry_id is null`,
    )
  )
    .map(({ told }) => told)
    .filter((told) => days.includes(told))

/** Where each party's stream has come. */
export const heads = async (world: World): Promise<ReadonlyMap<string, number>> =>
  new Map(
    (
      await world.sql<{ id: string; seq: string }>('select party.id, seq from party join stream_head on stream_id = party.id')
    ).map(({ id, seq }) => [id, Number(seq)]),
  )

/** Whether the inbox's reader has come as far as the streams. */
export const caughtUp = async (world: World): Promise<boolean> =>
  (await world.sql('select from inbox_cursor join stream_head using (stream_id) where inbox_cursor.seq <> stream_head.seq'))
    .length === 0

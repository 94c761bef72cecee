import { does } from '../world/acts.ts'
import type { Visitor } from '../world/visitor.ts'
import type { Stage, Window } from './stage.ts'

/** A page as somebody meets it. */
export interface Place {
  readonly name: string
  /** Who looks; the coordinator of Torsby where nobody else is named. */
  readonly who?: (stage: Stage) => Visitor
  /** The same page in another state: seen in one look where pages are seen in all. */
  readonly variant?: true
  readonly open: (window: Window, stage: Stage) => Promise<void>
  /** What the browser says of this page that is meant: an answer 404 on the page that does not exist. */
  readonly meant?: RegExp
}

/** The page is there, its script runs and it follows what happens. */
export const settled = async ({ page }: Window): Promise<void> => {
  await page.locator('html[data-ready]').waitFor({ state: 'attached' })
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}

const visit = (path: (stage: Stage) => string): Place['open'] => {
  return async (window, stage) => {
    await window.page.goto(path(stage))
    await settled(window)
  }
}

const visitor = (stage: Stage) => stage.world.visitor()
const room = (stage: Stage, rest: string) => `/c/${stage.slug}/${rest}`

/** Every page. What opens on top of one is in `corners.ts`. */
export const places: readonly Place[] = [
  { name: 'sign-in', who: visitor, open: visit(() => '/sign-in') },
  { name: 'sign-in-wrong', variant: true, who: visitor, open: visit(() => '/sign-in?error=WRONG') },
  { name: 'sign-in-slow', variant: true, who: visitor, open: visit(() => '/sign-in?error=SLOW&retryAfter=40') },
  { name: 'sign-in-again', variant: true, who: visitor, open: visit(() => '/sign-in?ended=&next=%2F') },
  { name: 'invitation', who: visitor, open: visit(({ invitation }) => `/invitation${invitation}`) },
  {
    name: 'invitation-gone',
    variant: true,
    who: visitor,
    open: visit(() => '/invitation?token=gone'),
    meant: /404: .*\/auth\/invitation/,
  },
  { name: 'collaborations', who: ({ maj }) => maj, open: visit(() => '/') },
  { name: 'overview', open: visit((stage) => `/c/${stage.slug}`) },
  { name: 'overview-reader', variant: true, who: ({ siv }) => siv, open: visit((stage) => `/c/${stage.slug}`) },
  {
    name: 'overview-nothing',
    variant: true,
    // Only the latest: to somebody who was here a moment ago nothing is new.
    open: async (window, stage) => {
      await visit(() => `/c/${stage.slug}`)(window, stage)
      const { world, torsby } = stage
      await world.sql(
        `insert into visit (member_id, since) values ($1, now()) on conflict (member_id) do update set since = now()`,
        [torsby.seat.memberId],
      )
      await window.page.reload()
      await settled(window)
    },
  },
  { name: 'board', open: visit((stage) => room(stage, 'tasks')) },
  { name: 'board-reader', variant: true, who: ({ siv }) => siv, open: visit((stage) => room(stage, 'tasks')) },
  {
    name: 'board-filtered',
    open: visit((stage) => room(stage, 'tasks?state=GIVEN&state=ONGOING&audience=JOINT&q=en')),
  },
  { name: 'board-nothing', open: visit((stage) => room(stage, 'tasks?q=zebra')) },
  { name: 'board-archived', variant: true, open: visit((stage) => room(stage, 'tasks?archived=true')) },
  { name: 'list', open: visit((stage) => room(stage, 'tasks?view=list')) },
  { name: 'task-beside', open: visit((stage) => room(stage, `tasks?task=${stage.tasks.talk}`)) },
  { name: 'task', open: visit((stage) => room(stage, `tasks/${stage.tasks.talk}`)) },
  { name: 'task-draft', variant: true, open: visit((stage) => room(stage, `tasks/${stage.tasks.draft}`)) },
  { name: 'task-archived', variant: true, open: visit((stage) => room(stage, `tasks/${stage.tasks.archived}`)) },
  { name: 'task-long-name', variant: true, open: visit((stage) => room(stage, `tasks?task=${stage.tasks.long}`)) },
  { name: 'agreement', open: visit((stage) => room(stage, 'agreement')) },
  { name: 'agreement-reader', variant: true, who: ({ siv }) => siv, open: visit((stage) => room(stage, 'agreement')) },
  { name: 'clause', open: visit((stage) => room(stage, `agreement?clause=${stage.clause}`)) },
  { name: 'versions', open: visit((stage) => room(stage, 'agreement/versions?from=1&to=2')) },
  { name: 'versions-inline', variant: true, open: visit((stage) => room(stage, 'agreement/versions?from=1&to=2&view=inline')) },
  { name: 'sign', open: visit((stage) => room(stage, 'agreement/versions/3/sign')) },
  { name: 'sign-reader', variant: true, who: ({ siv }) => siv, open: visit((stage) => room(stage, 'agreement/versions/2/sign')) },
  { name: 'proposals', open: visit((stage) => room(stage, 'agreement/proposals')) },
  { name: 'proposals-none', variant: true, open: visit((stage) => room(stage, 'agreement/proposals?state=OVERTAKEN')) },
  { name: 'proposal', open: visit((stage) => room(stage, `agreement/proposals/${stage.proposals.open}`)) },
  { name: 'proposal-draft', variant: true, open: visit((stage) => room(stage, `agreement/proposals/${stage.proposals.draft}`)) },
  { name: 'proposal-open', open: visit((stage) => room(stage, `agreement/proposals/${stage.proposals.draft}/open`)) },
  { name: 'draft', open: visit((stage) => room(stage, `agreement/proposals/${stage.proposals.draft}/edit`)) },
  { name: 'members', open: visit((stage) => room(stage, 'members')) },
  { name: 'journal', open: visit((stage) => room(stage, 'journal')) },
  {
    name: 'journal-none',
    variant: true,
    who: ({ siv }) => siv,
    open: async (window, stage) => {
      await stage.world.reopen('delete from signed_head where readers @> array(select party_id from member where id = $1)', [
        stage.siv.seat.memberId,
      ])
      await visit(() => room(stage, 'journal'))(window, stage)
    },
  },
  { name: 'inbox', open: visit((stage) => room(stage, 'inbox')) },
  { name: 'inbox-none', variant: true, who: ({ siv }) => siv, open: visit((stage) => room(stage, 'inbox')) },
  { name: 'inbox-done', variant: true, open: visit((stage) => room(stage, 'inbox?show=done')) },
  { name: 'inbox-later', variant: true, open: visit((stage) => room(stage, 'inbox?show=later')) },
  { name: 'inbox-settings', open: visit((stage) => room(stage, 'inbox/settings')) },
  {
    name: 'inbox-settings-digest',
    variant: true,
    open: async (window, stage) => {
      await visit(() => room(stage, 'inbox/settings'))(window, stage)
      await window.page.getByRole('radio').last().check()
      // And the weekly letter, whose day is chosen below it.
      await window.page.locator('form.box input[type=checkbox]').last().check()
    },
  },
  {
    name: 'inbox-settings-browsers',
    variant: true,
    open: async (window, stage) => {
      // Two others are named, and in this one nobody has been asked.
      for (const [name, label] of [
        ['office', 'Edge, Windows'],
        ['phone', 'Safari, iPhone'],
      ])
        await does(stage.torsby, 'addBrowser', {
          endpoint: `https://push.example/${name}`,
          publicKey: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
          secret: 'BTBZMqHH6r4Tts7J_aSIgg',
          label,
        })
      await window.page.addInitScript(() => Object.defineProperty(Notification, 'permission', { get: () => 'default' }))
      await visit(() => room(stage, 'inbox/settings'))(window, stage)
      await window.page.getByText('Safari, iPhone').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'unsubscribe',
    who: visitor,
    open: visit(({ torsby }) => `/unsubscribe?token=${torsby.seat.memberId}.MAIL.ASSIGNED.x`),
  },
  { name: 'unsubscribe-gone', variant: true, who: visitor, open: visit(() => '/unsubscribe?error=link') },
  {
    name: 'invite',
    open: async (window, stage) => {
      await visit(() => room(stage, 'members'))(window, stage)
      await window.page.getByRole('button', { name: window.t.members.invite, exact: true }).click()
      await window.page.getByRole('dialog').waitFor()
    },
  },
  { name: 'schema-changes', open: visit((stage) => room(stage, 'developers/changes')) },
  { name: 'status', open: visit((stage) => room(stage, 'status')) },
  { name: 'status-reader', variant: true, who: ({ siv }) => siv, open: visit((stage) => room(stage, 'status')) },
  { name: 'calendar', open: visit((stage) => room(stage, 'calendar')) },
  { name: 'calendar-reader', variant: true, who: ({ siv }) => siv, open: visit((stage) => room(stage, 'calendar')) },
  { name: 'developers', open: visit((stage) => room(stage, 'developers')) },
  { name: 'developers-reader', variant: true, who: ({ siv }) => siv, open: visit((stage) => room(stage, 'developers')) },
  { name: 'webhooks', open: visit((stage) => room(stage, 'developers/webhooks')) },
  { name: 'webhooks-reader', variant: true, who: ({ siv }) => siv, open: visit((stage) => room(stage, 'developers/webhooks')) },
  { name: 'search', open: visit((stage) => room(stage, 'search?q=policyn')) },
  { name: 'search-comments', variant: true, open: visit((stage) => room(stage, 'search?q=polisen&type=COMMENT')) },
  { name: 'search-nothing', open: visit((stage) => room(stage, 'search?q=zebra')) },
  { name: 'search-empty', variant: true, open: visit((stage) => room(stage, 'search')) },
  {
    name: 'search-unanswered',
    variant: true,
    open: async (window, stage) => {
      await visit(() => room(stage, 'search'))(window, stage)
      await window.page.route('**/graphql', (route) => route.abort('connectionrefused'))
      await window.page.getByRole('searchbox').fill('policy')
      await window.page.getByRole('alert').waitFor()
    },
    meant: /graphql|ERR_CONNECTION_REFUSED/,
  },
  { name: 'missing', variant: true, open: visit(() => '/c/sutohamu/nowhere'), meant: /404/ },
  { name: 'missing-task', open: visit((stage) => room(stage, `tasks/${crypto.randomUUID()}`)), meant: /404/ },
  {
    name: 'error',
    // The server is out of reach just as one goes on to the next page.
    open: async (window, stage) => {
      await visit(() => room(stage, 'tasks'))(window, stage)
      // Before the page lives, a link is the browser's own, and the next page comes whole from the server.
      await window.page.locator('[data-connection=live]').waitFor()
      await window.page.route('**/graphql', (route) => route.abort('connectionrefused'))
      await window.page.getByRole('link', { name: window.t.tasks.list, exact: true }).click()
      await window.page.getByRole('heading', { name: window.t.ui.error.busy.title }).waitFor()
    },
    meant: /graphql|ERR_CONNECTION_REFUSED/,
  },
]

/** What was heard there that nobody meant. */
export const unmeant = (place: Place, noise: readonly string[]): string[] => noise.filter((line) => !place.meant?.test(line))

import type { Page } from 'playwright-core'
import { calendar as englishCalendar } from '../../client/src/lib/language/en/calendar.ts'
import { webhooks as englishWebhooks } from '../../client/src/lib/language/en/webhooks.ts'
import { webhooks as swedishWebhooks } from '../../client/src/lib/language/sv/webhooks.ts'
import { files as english } from '../../client/src/lib/language/en/files.ts'
import { calendar as swedishCalendar } from '../../client/src/lib/language/sv/calendar.ts'
import { files as swedish } from '../../client/src/lib/language/sv/files.ts'
import { globalId } from '../world/actor.ts'
import { does } from '../world/acts.ts'
import type { Place } from './places.ts'
import { settled } from './places.ts'
import { type Stage, type Window, wordsOf } from './stage.ts'

// What opens on top of a page: panels, menus, dialogs, editors, and fields that say what is wrong.

type Step = (window: Window & { readonly page: Page }, stage: Stage) => Promise<unknown>

const on = (path: (stage: Stage) => string, step: Step): Place['open'] => {
  return async (window, stage) => {
    await window.page.goto(`/c/${stage.slug}/${path(stage)}`)
    await settled(window)
    await step(window, stage)
  }
}
const board = () => 'tasks'
const draft = ({ tasks }: Stage) => `tasks/${tasks.draft}`
const talk = ({ tasks }: Stage) => `tasks/${tasks.talk}`
const members = () => 'members'
const developers = () => 'developers'
const inbox = () => 'inbox'
const calendar = () => 'calendar'

const button = ({ page }: Window, name: string) => page.getByRole('button', { name, exact: true }).first()
const dialog = ({ page }: Window) => page.getByRole('dialog').waitFor()

/** The words that come with what shows files. */
const fileWords = (t: Window['t']) => (t === wordsOf('sv') ? swedish : english)

/** The words that come with what shows calendars. */
const calendarWords = (t: Window['t']) => (t === wordsOf('sv') ? swedishCalendar : englishCalendar)

/** A calendar link is made: its address is shown. */
const linked = async (window: Window) => {
  const w = calendarWords(window.t)
  await button(window, w.make).click()
  await window.page.getByLabel(w.name, { exact: true }).fill('Telefonen')
  await window.page.getByRole('dialog').getByRole('button', { name: w.make }).click()
  await window.page.getByRole('button', { name: w.copy }).waitFor()
}

/** The words that come with what shows webhooks. */
const webhookWords = (t: Window['t']) => (t === wordsOf('sv') ? swedishWebhooks : englishWebhooks)

/** A key is made, for all but talk, and shown. */
const keyed = async (window: Window, name = 'Diariet') => {
  const { keys } = window.t
  await button(window, keys.make).click()
  await window.page.getByLabel(keys.name).fill(name)
  await window.page.getByLabel(keys.sliceNames.COMMENTS).uncheck()
  await window.page.getByRole('dialog').getByRole('button', { name: keys.make }).click()
  await window.page.getByRole('button', { name: keys.copy }).waitFor()
}

/** What is shown once has been read. */
const read = async ({ page, t }: Window) => {
  await page.getByRole('dialog').getByRole('button', { name: t.ui.done }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}

/** A key is made, and is to be replaced. */
const rotating = async (window: Window) => {
  await keyed(window)
  await read(window)
  await window.page.getByRole('button', { name: window.t.keys.rotate }).first().click()
  await dialog(window)
}

/** It has been replaced: the former still works. */
const rotated = async (window: Window) => {
  const { keys } = window.t
  await rotating(window)
  await window.page.getByRole('dialog').getByRole('button', { name: keys.rotate }).click()
  await window.page.getByRole('button', { name: keys.copy }).waitFor()
  await read(window)
  await window.page.getByRole('button', { name: keys.endFormer }).first().waitFor()
}

/** A key is made, with whose access one is to be made, and then one asks for it. */
const hooking = async (window: Window) => {
  await keyed(window, 'Webhooken')
  await read(window)
  await window.page.getByRole('link', { name: window.t.keys.toWebhooks }).click()
  await button(window, webhookWords(window.t).make).click()
  await dialog(window)
}

/** A webhook is made, to where nobody is: its secret is shown. */
const hooked = async (window: Window) => {
  const w = webhookWords(window.t)
  await hooking(window)
  await window.page.getByLabel(w.name, { exact: true }).fill('Diariet')
  await window.page.getByLabel(w.url, { exact: true }).fill('https://diariet.invalid/hook')
  await window.page.getByRole('dialog').getByRole('button', { name: w.make }).click()
  await window.page.getByRole('button', { name: w.copy }).waitFor()
}

/** A person of the own party with a button beside them. */
const tuva = 'Tuva Torsbylund'

export const corners: readonly Place[] = [
  { name: 'filters-open', open: on(board, ({ page, t }) => page.locator('summary', { hasText: t.tasks.filter.open }).click()) },
  { name: 'account-open', open: on(board, ({ page, t }) => page.locator(`summary[title="${t.ui.account}"]`).click()) },
  {
    name: 'palette',
    open: on(board, async (window) => {
      await window.page.keyboard.press('Control+k')
      await dialog(window)
      await window.page.keyboard.type('policy')
      await window.page.getByRole('option', { name: window.t.search.palette.searchFor('policy') }).waitFor()
    }),
  },
  {
    name: 'palette-unanswered',
    open: on(board, async (window) => {
      await window.page.keyboard.press('Control+k')
      await dialog(window)
      await window.page.route('**/graphql', (route) => route.abort('connectionrefused'))
      await window.page.keyboard.type('policy')
      await window.page.getByRole('alert').waitFor()
    }),
    meant: /graphql|ERR_CONNECTION_REFUSED/,
  },
  {
    name: 'keys',
    open: on(board, async (window) => {
      await window.page.keyboard.press('?')
      await dialog(window)
    }),
  },
  {
    name: 'card-menu',
    open: on(board, async ({ page }) => {
      await page.locator('article.card').first().hover()
      await page.locator('article.card [aria-haspopup=menu]').first().click()
      await page.getByRole('menu').waitFor()
    }),
  },
  {
    name: 'files-refused',
    open: on(talk, async ({ page, t }) => {
      const w = fileWords(t)
      await page
        .locator('[data-chooser]')
        .first()
        .setInputFiles({ name: 'städa.exe', mimeType: '', buffer: Buffer.from('MZ') })
      await page.getByRole('alert').filter({ hasText: w.refused.KIND() }).waitFor()
    }),
  },
  {
    name: 'files-remove',
    open: on(talk, async ({ page, t }) => {
      const w = fileWords(t)
      await page.getByRole('button', { name: w.remove('belysning.pdf'), exact: true }).click()
      await page.getByRole('dialog').waitFor()
    }),
  },
  {
    name: 'card-carried',
    open: on(board, async ({ page, t }) => {
      await page.locator('article.card h3 a').nth(1).focus()
      await page.keyboard.press('Space')
      await page.keyboard.press('ArrowUp')
      await page.locator('[aria-live=assertive]', { hasText: t.ui.state.GIVEN }).waitFor({ state: 'attached' })
    }),
  },
  {
    name: 'adding',
    open: on(board, async (window) => {
      await button(window, window.t.tasks.new).click()
      await window.page.keyboard.press('Enter')
      await window.page.getByText(window.t.tasks.titleMissing).waitFor()
    }),
  },
  {
    name: 'adding-to-list',
    open: on(
      () => 'tasks?view=list',
      async (window) => {
        await button(window, window.t.tasks.new).click()
        await window.page.getByPlaceholder(window.t.tasks.quickAddPlaceholder).waitFor()
      },
    ),
  },
  {
    name: 'title-editor',
    open: on(draft, async ({ page, t }) => {
      await page.getByTitle(t.tasks.editTitle).click()
      await page.getByLabel(t.tasks.title, { exact: true }).fill('')
      await page.keyboard.press('Enter')
      await page.getByText(t.tasks.titleMissing).waitFor()
    }),
  },
  {
    name: 'conflict',
    open: on(
      ({ tasks }) => `tasks/${tasks.contested}`,
      async ({ page, t }, { maj, tasks }) => {
        await page.getByTitle(t.tasks.editTitle).click()
        await page.getByLabel(t.tasks.title, { exact: true }).fill('Telefonlista efter kontorstid')
        const id = globalId('Task', tasks.contested)
        const { node } = await maj.query<{ node: { version: number } }>(
          'query ($id: ID!) { node(id: $id) { ... on Task { version } } }',
          { id },
        )
        await does(maj, 'editTask', { id, baseVersion: node.version, title: `Jourlista ${node.version}` })
        await page.keyboard.press('Enter')
        await page.getByText(t.tasks.conflict.title).waitFor()
      },
    ),
  },
  {
    name: 'due-editor',
    open: on(draft, ({ page, t }) => page.getByTitle(t.tasks.change(t.tasks.dueOn)).click()),
  },
  {
    name: 'description-editor',
    open: on(draft, async (window) => {
      await button(window, window.t.ui.edit).click()
      await window.page.getByRole('textbox', { name: window.t.tasks.description }).waitFor()
    }),
  },
  {
    name: 'description-preview',
    open: on(draft, async (window) => {
      await button(window, window.t.ui.edit).click()
      await button(window, window.t.ui.markdown.preview).click()
    }),
  },
  {
    name: 'parties-picker',
    open: on(draft, ({ page, t }) => page.locator(`summary[title="${t.tasks.change(t.tasks.responsible)}"]`).click()),
  },
  {
    name: 'people-picker',
    open: on(talk, ({ page, t }) => page.locator(`summary[title="${t.tasks.change(t.tasks.assignees)}"]`).click()),
  },
  {
    name: 'sharing',
    open: on(draft, async (window) => {
      await button(window, window.t.tasks.share.open).click()
      await dialog(window)
      await button(window, window.t.tasks.share.next).click()
      await window.page.getByText(window.t.tasks.share.chooseSome).waitFor()
    }),
  },
  {
    name: 'sharing-meaning',
    open: on(draft, async (window) => {
      await button(window, window.t.tasks.share.open).click()
      await window.page.getByLabel(window.t.tasks.share.all).check()
      await button(window, window.t.tasks.share.next).click()
      await window.page.getByText(window.t.tasks.share.meaning).waitFor()
    }),
  },
  {
    name: 'comment-empty',
    open: on(talk, async (window) => {
      await button(window, window.t.comments.write).click()
      await window.page.getByText(window.t.comments.empty).waitFor()
    }),
  },
  {
    name: 'comment-answering',
    open: on(talk, async ({ page, t }, { torsby }) => {
      await page.getByRole('button', { name: t.comments.earlierAnswers(2) }).click()
      await page
        .getByRole('button', { name: t.comments.answerWhom(torsby.seat.name) })
        .last()
        .click()
      await page.getByLabel(t.comments.answering(torsby.seat.name)).waitFor()
    }),
  },
  {
    name: 'comment-wordings',
    open: on(talk, async ({ page, t }) => {
      await page.getByRole('button', { name: t.comments.edited, exact: true }).last().click()
      await page.getByRole('region', { name: t.comments.wordings }).locator('ins').first().waitFor()
    }),
  },
  {
    name: 'mention-suggested',
    open: on(talk, async ({ page, t }) => {
      await page.getByLabel(t.comments.label).pressSequentially('Hej @M')
      await page.getByRole('listbox', { name: t.comments.suggestions }).waitFor()
      await page.keyboard.press('ArrowDown')
    }),
  },
  {
    name: 'reference-suggested',
    open: on(talk, async ({ page, t }) => {
      await page.getByLabel(t.comments.label).pressSequentially('Se #tryggh')
      await page.getByRole('listbox', { name: t.comments.suggestions }).waitFor()
    }),
  },
  {
    name: 'mention-unreached',
    open: on(draft, async ({ page, t }, { maj }) => {
      await page.getByLabel(t.comments.label).fill(`@[${maj.seat.name}](member:${maj.seat.memberId}) Vad tror du?`)
      await page.getByText(t.comments.unreached(maj.seat.name)).waitFor()
    }),
  },
  {
    name: 'comment-inside-preview',
    open: on(talk, async ({ page, t }) => {
      await page.getByText(t.comments.onlyUs, { exact: true }).click()
      await page.getByLabel(t.comments.label).fill('## Inför mötet\n\n1. **Först** detta\n2. [sedan](https://example.org) det')
      await page.getByRole('button', { name: t.ui.markdown.preview }).last().click()
    }),
  },
  {
    name: 'comment-editor',
    open: on(talk, async (window) => {
      await button(window, window.t.comments.edit).click()
      await window.page.getByRole('textbox', { name: window.t.comments.edit }).waitFor()
    }),
  },
  {
    name: 'comment-withdraw',
    open: on(talk, async (window) => {
      await button(window, window.t.comments.withdraw).click()
      await dialog(window)
    }),
  },
  {
    name: 'timeline-changes',
    open: on(talk, (window) => button(window, window.t.comments.filter.changes).click()),
  },
  { name: 'roles-explained', open: on(members, ({ page, t }) => page.getByText(t.members.whatRolesMean).click()) },
  {
    name: 'invite-refused',
    open: on(members, async (window) => {
      await button(window, window.t.members.invite).click()
      await button(window, window.t.members.makeInvitation).click()
      await window.page.locator('[aria-invalid=true]').first().waitFor()
    }),
  },
  {
    name: 'member-change',
    open: on(members, async (window) => {
      await button(window, window.t.members.changeWhom('Torbjörn Torsbyberg')).click()
      await dialog(window)
    }),
  },
  {
    name: 'member-remove',
    open: on(members, async (window) => {
      await button(window, window.t.members.removeWhom(tuva)).click()
      await dialog(window)
    }),
  },
  {
    name: 'key-refused',
    open: on(developers, async (window) => {
      await button(window, window.t.keys.make).click()
      await dialog(window)
      await window.page.getByRole('dialog').getByRole('button', { name: window.t.keys.make }).click()
      await window.page.locator('[aria-invalid=true]').waitFor()
    }),
  },
  { name: 'key-shown', open: on(developers, (window) => keyed(window)) },
  { name: 'key-rotate', open: on(developers, rotating) },
  { name: 'key-rotated', open: on(developers, rotated) },
  {
    name: 'key-end-former',
    open: on(developers, async (window) => {
      await rotated(window)
      await window.page.getByRole('button', { name: window.t.keys.endFormer }).first().click()
      await dialog(window)
    }),
  },
  {
    name: 'webhook-refused',
    open: on(developers, async (window) => {
      const w = webhookWords(window.t)
      await hooking(window)
      await window.page.getByRole('dialog').getByRole('button', { name: w.make }).click()
      await window.page.locator('[aria-invalid=true]').first().waitFor()
    }),
  },
  { name: 'webhook-shown', open: on(developers, hooked) },
  {
    name: 'webhook-deliveries',
    open: on(developers, async (window) => {
      const w = webhookWords(window.t)
      await hooked(window)
      await window.page.getByRole('dialog').getByRole('button', { name: window.t.ui.done }).click()
      await window.page.getByRole('dialog').waitFor({ state: 'hidden' })
      await window.page.getByRole('button', { name: w.show }).first().click()
      await window.page
        .getByRole('region', { name: w.deliveries('Diariet') })
        .getByText(w.problems.UNREACHABLE)
        .first()
        .waitFor()
    }),
  },
  {
    name: 'webhook-edit',
    open: on(developers, async (window) => {
      const w = webhookWords(window.t)
      await hooked(window)
      await window.page.getByRole('dialog').getByRole('button', { name: window.t.ui.done }).click()
      await window.page.getByRole('dialog').waitFor({ state: 'hidden' })
      await window.page
        .getByRole('button', { name: w.editWhich('Diariet') })
        .first()
        .click()
      await window.page.getByRole('form', { name: w.editWhich('Diariet') }).waitFor()
    }),
  },
  {
    name: 'webhook-remove',
    open: on(developers, async (window) => {
      const w = webhookWords(window.t)
      await hooked(window)
      await window.page.getByRole('dialog').getByRole('button', { name: window.t.ui.done }).click()
      await window.page.getByRole('dialog').waitFor({ state: 'hidden' })
      await button(window, w.remove).click()
      await dialog(window)
    }),
  },
  {
    name: 'calendar-refused',
    open: on(calendar, async (window) => {
      const w = calendarWords(window.t)
      await button(window, w.make).click()
      await window.page.getByRole('dialog').getByRole('button', { name: w.make }).click()
      await window.page.locator('[aria-invalid=true]').waitFor()
    }),
  },
  { name: 'calendar-shown', open: on(calendar, linked) },
  {
    name: 'calendar-revoke',
    open: on(calendar, async (window) => {
      const w = calendarWords(window.t)
      await linked(window)
      await window.page.getByRole('dialog').getByRole('button', { name: window.t.ui.done }).click()
      await window.page.getByRole('dialog').waitFor({ state: 'hidden' })
      await button(window, w.revokeWhich('Telefonen')).click()
      await dialog(window)
    }),
  },
  {
    name: 'comment-with-a-number',
    open: on(draft, async ({ page, t }) => {
      await page.getByLabel(t.comments.label).fill('Ring 640823-3234')
      await page.getByText(t.ui.personalNumber).waitFor()
    }),
  },
  {
    name: 'inbox-menu',
    open: on(inbox, async ({ page }) => {
      await page.locator('.notification [aria-haspopup=menu]').nth(1).click()
      await page.getByRole('menu').waitFor()
    }),
  },
  {
    name: 'inbox-snooze',
    open: on(inbox, async (window) => {
      await window.page.locator('.notification [aria-keyshortcuts=s]').first().click()
      await window.page.getByRole('menuitem').last().click()
      await dialog(window)
    }),
  },
  {
    name: 'inbox-muted',
    open: on(inbox, ({ page }) => page.locator('.inbox summary').click()),
  },
  {
    name: 'offline',
    open: on(board, async ({ page, t }) => {
      await page.evaluate(() => window.dispatchEvent(new Event('offline')))
      await page.getByRole('button', { name: t.ui.connection.retry }).waitFor()
    }),
  },
  {
    name: 'crowded',
    who: ({ hagfors }) => hagfors,
    open: on(board, async ({ page }) => {
      await page.locator('[data-connection=crowded] summary').click()
      await page.locator('[data-connection=crowded] .crowded').waitFor()
    }),
  },
  {
    name: 'outbox',
    open: on(talk, async ({ page, t }) => {
      await page.route('**/graphql', (route) => route.abort())
      await page.evaluate(() => window.dispatchEvent(new Event('offline')))
      await page.getByLabel(t.comments.label).fill('Skrivet på tåget, någonstans mellan Sunne och Torsby.')
      await page.keyboard.press('Control+Enter')
      await page.locator('[data-outbox] summary').click()
      await page.getByText(t.outbox.explain).waitFor()
    }),
    meant: /\/graphql/,
  },
  {
    name: 'draft-changed',
    open: on(
      ({ proposals }) => `agreement/proposals/${proposals.draft}/edit`,
      async ({ page }) => {
        await page.locator('[data-row] [data-way=down]').first().click()
        await page.locator('[data-row]').last().getByRole('button').last().click()
        await page.locator('[data-row]').first().getByRole('button').first().click()
        await page.locator('[data-row] textarea').waitFor()
      },
    ),
  },
  {
    name: 'answer-no-without-reason',
    open: on(
      ({ proposals }) => `agreement/proposals/${proposals.open}`,
      async ({ page }) => {
        await page.locator('.answer input[type=radio]').nth(1).check()
        await page.locator('.answer [type=submit]').click()
        await page.locator('.answer [aria-invalid=true]').waitFor()
      },
    ),
  },
]

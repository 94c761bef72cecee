import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { notifications as words } from '../../client/src/lib/language/sv/notifications.ts'
import { globalId, mint } from '../world/actor.ts'
import { does } from '../world/acts.ts'
import { overview } from '../../client/src/lib/language/sv/overview.ts'
import { openBrowser, type TestBrowser } from '../world/browser.ts'
import { eventually } from '../world/eventually.ts'
import { openWorld, type World } from '../world/world.ts'
import { Hands } from './hands.ts'
import { wordsOf } from './stage.ts'

// Everything that can be done here, done with the keyboard alone, in the order of a working day. Torbjörn of Torsby, who has
// the coordinator's and the administrator's hands, writes a draft, works in it, shares it, and looks after his people.

const t = wordsOf('sv')
const title = 'Nattvandring vid badplatsen'
const renamed = 'Nattvandring vid Kollerudsbadet'

let world: World
let browser: TestBrowser
let context: BrowserContext
let page: Page
let hands: Hands

beforeAll(async () => {
  ;[world, browser] = await Promise.all([openWorld(), openBrowser()])
  context = await browser.open({ baseURL: world.url, viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  page = await context.newPage()
  hands = new Hands(page)
})
afterAll(async () => {
  await browser.close()
  await world.close()
})

const ready = () => page.locator('html[data-ready]').waitFor({ state: 'attached' })
const button = (name: string, exact = true) => page.getByRole('button', { name, exact })
const card = (name: string) => page.locator('article.card').getByRole('link', { name, exact: true })
const column = (state: keyof typeof t.ui.state) => page.locator(`[data-column=${state}]`)
const beside = () => page.getByRole('complementary')
const summary = (name: string) => page.locator(`summary[title="${name}"]`)
const dialog = () => page.getByRole('dialog')

describe('the way in', () => {
  test('one chooses whom to be', async () => {
    await page.goto('/sign-in')
    await hands.use(button('Torbjörn Torsbyberg', false))
    await page.getByRole('heading', { level: 1, name: overview.heading }).waitFor()
    await ready()
  })

  test('the first stop skips what every page repeats', async () => {
    await hands.press('Tab')
    await hands.findsFocusAt(page.getByRole('link', { name: t.ui.skip }))
    await hands.press('Enter')
    await hands.findsFocusAt(page.locator('main'))
  })
})

describe('what is new', () => {
  const news = () => page.getByRole('region', { name: overview.since.firstHeading })
  const parties = () => news().getByRole('group').getByRole('button')

  test('of one party alone, and of all again', async () => {
    const all = await news().locator('ol > li').count()
    await hands.use(parties().nth(1))
    await eventually('fewer things are left', async () => (await news().locator('ol > li').count()) < all)
    expect(await parties().nth(1).getAttribute('aria-pressed')).toBe('true')
    await hands.use(parties().first(), 'Space', 'Shift+Tab')
    await eventually('all are there', async () => (await news().locator('ol > li').count()) === all)
  })

  test('a thing that has changed is one press away, and so is the way back', async () => {
    const thing = news().locator('ol > li').first().getByRole('link')
    const name = await thing.innerText()
    await hands.use(thing)
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await page.goBack()
    await news().waitFor()
    await hands.use(page.getByRole('link', { name: t.ui.nav.tasks, exact: true }))
    await page.getByRole('heading', { level: 1, name: t.tasks.heading }).waitFor()
  })
})

describe('finding', () => {
  test('words narrow the board as they are written, and the address keeps them', async () => {
    await hands.tabTo(page.getByRole('searchbox'))
    await hands.type('Medborgarlöften')
    await eventually('the address says it', () => new URL(page.url()).searchParams.get('q') === 'Medborgarlöften')
    await eventually('one card is left', async () => (await page.locator('article.card').count()) === 1)
    await hands.findsFocusAt(page.getByRole('searchbox'))
  })

  test('choices narrow it further; Escape closes them and gives focus back', async () => {
    const filters = page.locator('summary', { hasText: t.tasks.filter.open })
    await hands.use(filters)
    await hands.use(page.getByRole('checkbox', { name: t.ui.state.APPROVED }), 'Space')
    await page.getByText(t.tasks.noMatch).waitFor()
    await hands.press('Escape')
    await hands.findsFocusAt(filters)
  })

  test('and all of it is cleared', async () => {
    await hands.use(page.getByRole('link', { name: t.tasks.filter.clear }).first())
    await eventually('the board is whole', async () => (await page.locator('article.card').count()) > 20)
  })
})

describe('a draft', () => {
  test('is written in one line', async () => {
    await page.locator('body').press('Control+Home')
    await hands.use(button(t.tasks.new))
    const field = page.getByPlaceholder(t.tasks.quickAddPlaceholder)
    await hands.findsFocusAt(field)
    await hands.press('Enter')
    await page.getByText(t.tasks.titleMissing).waitFor()
    await hands.findsFocusAt(field)
    await hands.type(title)
    await hands.press('Enter')
    await card(title).waitFor()
    await hands.press('Escape')
    await hands.findsFocusAt(column('GIVEN').getByRole('button', { name: t.tasks.addTo(t.ui.state.GIVEN) }))
  })

  test('opens beside the board, and focus goes there', async () => {
    await hands.use(card(title))
    await hands.findsFocusIn(beside())
  })

  test('gets another title; Escape would have left it as it was', async () => {
    const heading = beside().getByRole('button', { name: title })
    await hands.use(heading)
    await hands.type('Något annat')
    await hands.press('Escape')
    await hands.findsFocusAt(heading)
    await hands.press('Enter')
    await hands.type(renamed)
    await hands.press('Enter')
    await hands.findsFocusAt(beside().getByRole('button', { name: renamed }))
    await card(renamed).waitFor()
  })

  test('moves to another column from within', async () => {
    await hands.tabTo(page.getByLabel(t.tasks.state, { exact: true }))
    await hands.press('ArrowDown')
    await column('ONGOING').getByRole('link', { name: renamed }).waitFor()
  })

  test('gets a last day, and loses it', async () => {
    const due = beside().getByTitle(t.tasks.change(t.tasks.dueOn))
    await hands.use(due)
    // Whatever the order of day, month and year here: one step up in each.
    for (const key of ['ArrowUp', 'ArrowRight', 'ArrowUp', 'ArrowRight', 'ArrowUp']) await hands.press(key)
    const day = await page.locator('input[type=date]').inputValue()
    expect(day).toMatch(/^\d{4}-\d\d-\d\d$/)
    await hands.press('Enter')
    await hands.findsFocusAt(due)
    await beside().locator(`time[datetime="${day}"]`).waitFor()
    await hands.press('Enter')
    await hands.use(button(t.tasks.noDueDate))
    await beside().getByText(t.tasks.noDue).waitFor()
    await hands.findsFocusAt(due)
  })

  test('gets a responsible party and somebody who does the work', async () => {
    for (const [what, name] of [
      [t.tasks.responsible, 'Torsby'],
      [t.tasks.assignees, 'Tuva Torsbylund'],
    ] as const) {
      const picker = summary(t.tasks.change(what))
      await hands.use(picker)
      const choice = beside().getByRole('checkbox', { name, exact: true })
      await hands.use(choice, 'Space')
      await eventually('it is ticked', () => choice.isChecked())
      await hands.press('Escape')
      await hands.findsFocusAt(picker)
    }
    const facts = beside().locator('dl')
    await facts.getByText('Tuva Torsbylund').first().waitFor()
  })

  test('gets a description, with a look at it first', async () => {
    const describe = beside().getByRole('button', { name: t.tasks.describe })
    await hands.use(describe)
    await hands.findsFocusAt(page.getByRole('textbox', { name: t.tasks.description }))
    await hands.type('Vi går **två och två**.')
    await hands.use(beside().getByRole('button', { name: t.ui.markdown.preview }).first(), 'Enter', 'Shift+Tab')
    await beside().locator('strong', { hasText: 'två och två' }).waitFor()
    await hands.use(beside().getByRole('button', { name: t.ui.save, exact: true }))
    await hands.findsFocusAt(beside().getByRole('button', { name: t.ui.edit, exact: true }))
  })

  test('is shared with all, after it has been said what that means', async () => {
    await hands.use(button(t.tasks.share.open), 'Enter', 'Shift+Tab')
    await hands.findsFocusIn(dialog())
    const some = page.getByLabel(t.tasks.share.some)
    await hands.tabTo(some)
    await hands.press('ArrowDown')
    expect(await page.getByLabel(t.tasks.share.all).isChecked()).toBe(true)
    await hands.use(button(t.tasks.share.next))
    await page.getByText(t.tasks.share.meaning).waitFor()
    await hands.findsFocusIn(dialog())
    await hands.use(button(t.tasks.share.confirm))
    await dialog().waitFor({ state: 'hidden' })
    await beside().getByText(t.ui.audience.joint).first().waitFor()
    await hands.findsFocusIn(beside())
    await hands.hears(/Uppgiften är delad med/)
  })
})

describe('talk', () => {
  test('a comment is written, looked at and sent', async () => {
    await hands.tabTo(page.getByLabel(t.comments.label))
    await hands.type('Vem har *västarna*?')
    await hands.use(beside().getByRole('button', { name: t.ui.markdown.preview }), 'Enter', 'Shift+Tab')
    await beside().locator('em', { hasText: 'västarna' }).waitFor()
    await hands.use(beside().getByRole('button', { name: t.ui.markdown.write }), 'Enter', 'Shift+Tab')
    await hands.tabTo(page.getByLabel(t.comments.label))
    await hands.press('Control+Enter')
    await beside().locator('.comment', { hasText: 'västarna' }).waitFor()
    await hands.findsFocusAt(page.getByLabel(t.comments.label))
  })

  test('it is edited, and focus is where it was', async () => {
    const edit = button(t.comments.edit)
    await hands.use(edit, 'Enter', 'Shift+Tab')
    await hands.findsFocusAt(page.getByRole('textbox', { name: t.comments.edit }))
    await hands.press('Control+End')
    await hands.type(' De lånades ut i somras.')
    await hands.press('Control+Enter')
    await hands.findsFocusAt(edit)
    await beside().getByText('De lånades ut i somras.').waitFor()
  })

  test('what it said before opens and closes', async () => {
    const edited = button(t.comments.edited)
    await hands.use(edited, 'Enter', 'Shift+Tab')
    await beside().getByRole('region', { name: t.comments.wordings }).locator('ins', { hasText: 'lånades ut' }).waitFor()
    await hands.findsFocusAt(edited)
    await hands.press('Enter')
    await beside().getByRole('region', { name: t.comments.wordings }).waitFor({ state: 'detached' })
  })

  test('it is withdrawn, once that is confirmed', async () => {
    const withdraw = button(t.comments.withdraw)
    await hands.use(withdraw)
    await hands.findsFocusIn(dialog())
    await hands.press('Escape')
    await hands.findsFocusAt(withdraw)
    await hands.press('Enter')
    await hands.use(dialog().getByRole('button', { name: t.comments.withdraw }))
    await dialog().waitFor({ state: 'detached' })
    await beside().getByText(t.comments.withdrawn).waitFor()
    await hands.findsFocusAt(beside().locator('[data-comment]:focus'))
  })

  test('another is answered; whoever is mentioned is chosen with the arrows, and heard', async () => {
    await hands.tabTo(page.getByLabel(t.comments.label))
    await hands.type('Vem frågar vi?')
    await hands.press('Control+Enter')
    await beside().locator('.comment', { hasText: 'frågar vi' }).waitFor()
    const answer = button(t.comments.answerWhom('Torbjörn Torsbyberg'))
    await hands.use(answer, 'Enter', 'Shift+Tab')
    const field = page.getByLabel(t.comments.answering('Torbjörn Torsbyberg'))
    await hands.findsFocusAt(field)
    await hands.press('Escape')
    await hands.findsFocusAt(answer)
    await hands.press('Enter')
    await hands.type('Fråga @T')
    await hands.hears(/förslag/)
    const list = page.getByRole('listbox', { name: t.comments.suggestions })
    const option = (index: number) => list.getByRole('option').nth(index)
    await option(1).waitFor()
    await hands.press('ArrowDown')
    const second = await option(1).getAttribute('id')
    expect(await field.getAttribute('aria-activedescendant')).toBe(second)
    expect(await option(1).getAttribute('aria-selected')).toBe('true')
    await hands.press('ArrowUp')
    await hands.press('Enter')
    expect(await field.inputValue()).toMatch(/^Fråga @\[[^\]]+\]\((member|party):[0-9a-f-]{36}\) $/)
    await hands.type('också. @')
    await option(0).waitFor()
    await hands.press('Escape')
    await option(0).waitFor({ state: 'detached' })
    await hands.findsFocusAt(field)
    await hands.press('Backspace')
    await hands.press('Control+Enter')
    await beside()
      .getByRole('list', { name: t.comments.answersTo('Torbjörn Torsbyberg') })
      .getByText('också.')
      .waitFor()
    await hands.findsFocusAt(answer)
  })
})

describe('away and back', () => {
  test('it is put away and taken back by the same button', async () => {
    await hands.use(button(t.tasks.archive), 'Enter', 'Shift+Tab')
    await hands.hears(t.tasks.archivedNow)
    await hands.findsFocusAt(button(t.tasks.restore))
    await hands.press('Enter')
    await hands.hears(t.tasks.restoredNow)
    await hands.findsFocusAt(button(t.tasks.archive))
  })

  test('or by the note that says what happened', async () => {
    await hands.press('Enter')
    await hands.use(button(t.ui.undo))
    await button(t.tasks.archive).waitFor()
    await hands.findsFocusIn(beside())
  })

  test('Escape closes it, and focus is on its card', async () => {
    await hands.press('Escape')
    await beside().waitFor({ state: 'detached' })
    await hands.findsFocusAt(card(renamed))
  })
})

describe('the board', () => {
  const place = async () => {
    const titles = await column('ONGOING').locator('article.card h3').allTextContents()
    return titles.findIndex((each) => each.trim() === renamed)
  }

  test('a card is carried down its column, with a word at every step', async () => {
    const before = await place()
    await hands.press('Space')
    await hands.hears(`${renamed} lyft.`)
    await hands.press('ArrowDown')
    await hands.hears(/plats \d+ av \d+/)
    await hands.press('Space')
    await hands.hears(`${renamed} släppt i ${t.ui.state.ONGOING}`)
    await eventually('it stands one further down', async () => (await place()) === before + 1)
    await hands.findsFocusAt(card(renamed))
  })

  test('Escape puts it back', async () => {
    const before = await place()
    for (const key of ['Space', 'ArrowRight', 'Escape']) await hands.press(key)
    await hands.hears(t.tasks.carry.cancelled(renamed))
    expect(await place()).toBe(before)
    await hands.findsFocusAt(card(renamed))
  })

  test('a card is carried to the next column', async () => {
    for (const key of ['Space', 'ArrowRight', 'Space']) await hands.press(key)
    await column('DELIVERED').getByRole('link', { name: renamed }).waitFor()
    await hands.findsFocusAt(card(renamed))
    await eventually('the server knows it', async () => {
      const [task] = await world.sql<{ state: string }>('select state from task where title = $1', [renamed])
      return task?.state === 'DELIVERED'
    })
  })

  test('or sent there by its menu', async () => {
    await hands.use(button(t.tasks.moreFor(renamed)))
    await page.getByRole('menu').waitFor()
    await hands.press('ArrowDown')
    await eventually('a choice has the focus', () => hands.has(page.locator('[role=menuitem][data-highlighted]')))
    await hands.press('End')
    await hands.press('Escape')
    await hands.findsFocusAt(button(t.tasks.moreFor(renamed)))
    await hands.press('Enter')
    await page.getByRole('menu').waitFor()
    await hands.type(t.ui.state.APPROVED.slice(0, 3))
    await hands.press('Enter')
    await column('APPROVED').getByRole('link', { name: renamed }).waitFor()
    await hands.findsFocusAt(card(renamed))
  })

  test('arrows walk over it', async () => {
    await hands.press('ArrowLeft')
    await hands.findsFocusIn(column('DELIVERED'))
  })
})

describe('the inbox', () => {
  const row = (text: string) => page.locator('.notification').filter({ hasText: text }).getByRole('link')
  const others = ['Första frågan', 'Andra frågan']

  test('somebody answers, and the number on its door goes up', async () => {
    const [talk] = await world.sql<{ id: string }>(
      `select task.id from task join comment on task_id = task.id join member on member.id = author_id
       where task.audience = 'JOINT' and archived_at is null and member.name = 'Torbjörn Torsbyberg' order by task.id limit 1`,
    )
    const door = page.getByRole('link', { name: t.ui.nav.inbox })
    const number = door.locator('.unread [aria-hidden]')
    const before = Number((await number.count()) > 0 ? await number.innerText() : 0)
    const maj = await world.as('Munkfors')
    for (const text of others)
      await does(maj, 'writeComment', { id: mint(), task: globalId('Task', talk?.id ?? ''), text, audience: 'AS_PARENT' })
    await number.filter({ hasText: new RegExp(`^${before + others.length}$`) }).waitFor()
    await hands.use(door, 'Enter', 'Shift+Tab')
    await page.getByRole('heading', { level: 1, name: words.heading }).waitFor()
    for (const text of others) await row(text).waitFor()
  })

  test('j and k walk, u reads, e puts away and what is under it comes up, z takes that back', async () => {
    const [first = '', second = ''] = others
    await hands.tabTo(row(second))
    await hands.press('j')
    await hands.findsFocusAt(row(first))
    await hands.press('k')
    await hands.findsFocusAt(row(second))
    await hands.press('u')
    await page.locator('.notification:not([data-unread])').filter({ hasText: second }).waitFor()
    await hands.press('e')
    await row(second).waitFor({ state: 'detached' })
    await hands.findsFocusAt(row(first))
    await button(t.ui.undo).waitFor()
    await hands.press('z')
    await row(second).waitFor()
    await hands.findsFocusAt(row(first))
  })

  test('s puts off until later, and z takes that back', async () => {
    const [first = '', second = ''] = others
    await hands.tabTo(row(second), 'Shift+Tab')
    await hands.press('s')
    await page.getByRole('menu').waitFor()
    await hands.press('ArrowDown')
    await hands.press('Enter')
    await row(second).waitFor({ state: 'detached' })
    await hands.findsFocusAt(row(first))
    await hands.press('z')
    await row(second).waitFor()
    await hands.findsFocusAt(row(first))
  })

  test('a day of one’s own is chosen; what is put off has a place, and t brings it back from there', async () => {
    const [first = '', second = ''] = others
    await hands.tabTo(row(second), 'Shift+Tab')
    await hands.press('s')
    await page.getByRole('menu').waitFor()
    await hands.press('End')
    await hands.press('Enter')
    await hands.findsFocusAt(page.getByLabel(words.snooze.when, { exact: true }))
    await hands.press('Enter')
    await row(second).waitFor({ state: 'detached' })
    await hands.findsFocusAt(row(first))
    await hands.use(page.getByRole('link', { name: words.show.later, exact: true }), 'Enter', 'Shift+Tab')
    await row(second).waitFor()
    await page.getByText(words.snooze.until('')).first().waitFor()
    await hands.tabTo(row(second))
    await hands.press('t')
    await row(second).waitFor({ state: 'detached' })
    await hands.use(page.getByRole('link', { name: words.show.inbox, exact: true }), 'Enter', 'Shift+Tab')
    await row(second).waitFor()
    await hands.tabTo(row(first))
  })

  test('m mutes the task; what is muted is seen, and lifted', async () => {
    const [first = ''] = others
    await hands.tabTo(row(first), 'Shift+Tab')
    await hands.press('m')
    const muted = page.locator('summary', { hasText: words.muted(1) })
    await hands.use(muted)
    await hands.use(button(words.lift, false).first())
    await muted.waitFor({ state: 'detached' })
  })

  test('Enter opens what it is about', async () => {
    const [first = ''] = others
    await hands.tabTo(row(first), 'Shift+Tab')
    await hands.press('Enter')
    await page.getByText(first).first().waitFor()
    await eventually('the address is the task’s', () => /tasks\/[0-9a-f-]{36}$/.test(page.url()))
  })
})

describe('people', () => {
  const [name, email] = ['Tilda Torsbyman', 'tilda@torsby.example']
  const row = () => page.getByRole('listitem').filter({ hasText: name })

  test('somebody is invited, and the link can be copied', async () => {
    await hands.use(page.getByRole('link', { name: t.ui.nav.members, exact: true }), 'Enter', 'Shift+Tab')
    await page.getByRole('heading', { level: 1, name: t.members.heading }).waitFor()
    await hands.use(button(t.members.invite))
    await hands.findsFocusIn(dialog())
    await hands.tabTo(page.getByLabel(t.members.email))
    await hands.type(email)
    await hands.tabTo(page.getByLabel(t.members.name, { exact: true }))
    await hands.type(name)
    await hands.tabTo(page.getByLabel(t.members.title, { exact: true }))
    await hands.type('Fältassistent')
    await hands.press('Enter')
    await page.getByText(t.members.linkReady).waitFor()
    await hands.findsFocusIn(dialog())
    await hands.use(button(t.members.copy))
    await hands.hears(t.members.copied)
    await hands.use(button(t.ui.done))
    await hands.findsFocusAt(button(t.members.invite))
    await row().waitFor()
  })

  test('they get another role', async () => {
    const change = button(t.members.changeWhom(name))
    await hands.use(change)
    await hands.findsFocusIn(dialog())
    await hands.use(dialog().getByRole('checkbox', { name: t.members.role.OBSERVER }), 'Space')
    await hands.use(dialog().getByRole('checkbox', { name: t.members.role.CONTRIBUTOR }), 'Space', 'Shift+Tab')
    await hands.use(button(t.ui.save))
    await hands.hears(t.members.changed(name))
    await row().getByText(t.members.role.OBSERVER).waitFor()
    await hands.findsFocusAt(change)
  })

  test('they are removed, once that is confirmed', async () => {
    await hands.use(button(t.members.removeWhom(name)))
    await hands.use(dialog().getByRole('button', { name: t.members.remove, exact: true }))
    await hands.hears(t.members.removed(name))
    await row().waitFor({ state: 'detached' })
    await hands.findsFocusIn(page.locator('main'))
  })
})

describe('as one likes it, and out', () => {
  test('dark, at once', async () => {
    await hands.use(summary(t.ui.account), 'Enter', 'Shift+Tab')
    const dark = button(t.ui.theme.dark)
    await hands.use(dark)
    await page.locator('html[data-theme=dark]').waitFor({ state: 'attached' })
    await hands.findsFocusAt(dark)
    await hands.press('Escape')
    await hands.findsFocusAt(summary(t.ui.account))
  })

  test('in English', async () => {
    await hands.press('Enter')
    await hands.use(button('English'))
    await page.locator('html[lang=en][data-theme=dark]').waitFor({ state: 'attached' })
    await ready()
  })

  test('and out', async () => {
    const en = wordsOf('en')
    await hands.use(summary(en.ui.account))
    await hands.use(button(en.ui.signOut))
    await page.getByRole('heading', { level: 1, name: en.identity.signIn }).waitFor()
  })
})

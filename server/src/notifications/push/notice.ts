import type { Letter } from '../channel.ts'
import { itemOf } from '../words/item.ts'
import { wordsIn } from '../words/words.ts'

/**
 * Guards: a notice is short, and says on a screen that lies on a table no more than what it is about and what happened.
 *
 * In the form of declarative Web Push, which a browser can show by itself; ours shows the same (`client/src/service-worker.ts`). The words are
 * the server's, in the language that the receiver has chosen for what is sent: a browser that is woken has no page open to ask. What people
 * wrote in comments stands in no notice.
 */
export interface Notice {
  readonly web_push: 8030
  readonly notification: {
    readonly title: string
    readonly body: string
    readonly lang: string
    /** Where it leads. */
    readonly navigate: string
    /** The same however often it is sent, so that it is shown once. */
    readonly tag: string
  }
}

const MOST_TITLE = 120
const MOST_BODY = 240
const NAMED = 3

export const noticeOf = ({ id, receiver, told, origin }: Letter): Notice => {
  const words = wordsIn[receiver.locale]
  const { slug, name } = receiver.collaboration
  const room = `${origin}/c/${slug}`
  const items = told.map((one) => itemOf(one, words, room))
  const [first] = items
  const only = items.length === 1 && first !== undefined
  const names = items
    .slice(0, NAMED)
    .map((item) => cut(item.name, MOST_BODY / NAMED))
    .join(', ')
  return {
    web_push: 8030,
    notification: {
      title: cut(only ? first.name : words.gathered(items.length), MOST_TITLE),
      body: `${cut(only ? first.sentence : items.length > NAMED ? `${names} …` : names, MOST_BODY)}\n${cut(name, MOST_TITLE)}`,
      lang: receiver.locale,
      navigate: only ? first.url : `${room}/inbox`,
      tag: id,
    },
  }
}

const cut = (text: string, most: number): string => {
  const signs = [...text]
  return signs.length > most ? `${signs.slice(0, most - 1).join('')}…` : text
}

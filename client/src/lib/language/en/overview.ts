import type { Like } from '../like.ts'
import { plural } from '../plural.ts'
import type { overview as swedish } from '../sv/overview.ts'

export const overview: Like<typeof swedish> = {
  heading: 'Overview',
  since: {
    heading: 'Since you were last here',
    firstHeading: 'The last seven days',
    from: (when) => `What others than you have done since ${when}.`,
    first: 'What others than you have done. The next time you see what is new since you were here.',
    parties: 'Show what one party has done',
    everybody: 'All',
    byParty: (party, count) => `${party}: ${count} ${plural(count, 'thing', 'things')}`,
    times: (what, times) => `${what} ${times} times`,
    bounded: 'Much has happened. These are the hundred latest changes.',
    none: 'Nothing new',
    noneText: 'When somebody else does something that your party may see, it stands here while you look.',
    allTasks: 'To the tasks',
    show: (count) => `Show all ${count}`,
    fewer: 'Show fewer',
    clause: (number, heading) => `Clause ${number} ${heading}`,
    version: (number) => `The agreement, version ${number}`,
  },
  awaited: {
    heading: (party) => `Next steps for ${party}`,
    none: 'Nothing waits for you just now.',
    why: {
      sign: 'Sign',
      answer: 'Answer',
      approve: 'Approve',
      begin: 'Begin',
    },
    version: (number) => `Version ${number} of the agreement`,
  },
  mine: { heading: 'My tasks', none: 'No task is assigned to you.', find: 'Find one to take' },
  due: {
    heading: 'Due soon or late',
    all: (party) => `All that ${party} answers for`,
    none: (party) => `Nothing that ${party} answers for is due within two weeks.`,
  },
  agreement: {
    heading: 'The agreement',
    open: (count) => `${count} ${plural(count, 'open proposal', 'open proposals')}`,
    noneOpen: 'No open proposals',
    stillMissing: 'Missing',
  },
  all: 'Show all',
  allOf: (list) => `Show all: ${list}`,
}

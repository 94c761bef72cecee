// The whole story in one value.

import { business } from './business.ts'
import { extremism } from './extremism.ts'
import { indicators } from './indicators.ts'
import { intoxication } from './intoxication.ts'
import { collaboration, members, parties } from './parties.ts'
import { schoolPolicy } from './schoolPolicy.ts'
import { steering } from './steering.ts'
import type { Pilot } from './story.ts'

export const pilot: Pilot = {
  collaboration,
  parties,
  members,
  tasks: [...steering, ...indicators, ...extremism, ...schoolPolicy, ...intoxication, ...business],
}

// The agreement of the pilot, in our own words. The signed text was not to be had: what is known of it is what the municipality
// published, and the rest is what an agreement of this kind says. Its `provenance` tells every reader so.
//
// Versions and the proposal that led from the first to the second are older than the hub: they are planted as they stand, with
// their real dates. What happens to the agreement in the hub is told in working days before today, like everything else.

import { prose, type MemberKey, type PartyKey } from './story.ts'

export type StoryClause = { n: number; under: number | null; heading: string; text: string }
export type StoryStep =
  | { kind: 'CHANGE'; n: number; heading?: string; text?: string }
  | { kind: 'ADD'; n: number; under: number | null; after: number | null; heading: string; text: string }
  | { kind: 'MOVE'; n: number; under: number | null; after: number | null }
export type StoryPosition = 'YES' | 'NO' | 'ABSTAIN'
export type StoryProposal = { number: number; title: string; reason: string; by: MemberKey; steps: StoryStep[] }
type Moment = { day: number; time: string; by: MemberKey }

export const title = 'Samverkansavtal om brottsförebyggande arbete'

export const provenance = prose`
  Texten är en **rekonstruktion**. Avtalet skrevs under onsdagen den 8 maj 2019, men det undertecknade dokumentet har inte legat till grund för det som står här. Det bygger på nyheten som Hagfors kommun publicerade om avtalet, och på vad ett sådant avtal brukar innehålla. Den andra versionen är påhittad.
`

const clause = (n: number, under: number | null, heading: string, text: string): StoryClause => ({ n, under, heading, text })

export const clauses: readonly StoryClause[] = [
  clause(
    1,
    null,
    'Syfte',
    'Parterna samverkar för att minska brottsligheten, öka tryggheten för invånarna och motverka missbruk.',
  ),
  clause(
    2,
    1,
    'Vad samverkan ska åstadkomma',
    'Samverkan ska stärka, synliggöra, konkretisera och samordna kommunernas och Polisens insatser.',
  ),
  clause(
    3,
    1,
    'Gemensam grund',
    'Insatserna ska bygga på kunskap om hur det ser ut i de fyra kommunerna. Parterna använder samma begrepp och beskriver problem och orsaker innan de väljer åtgärder.',
  ),
  clause(
    4,
    null,
    'Parter',
    'Parter är Sunne kommun, Torsby kommun, Hagfors kommun, Munkfors kommun och Polisen genom lokalpolisområde Torsby.',
  ),
  clause(5, 4, 'Ansvar', 'Varje part svarar för beslut, personal och kostnader i den egna organisationen.'),
  clause(
    6,
    4,
    'Andra aktörer',
    'Parterna bjuder in andra som arbetet berör, till exempel akutmottagningen i Torsby, skolan, socialtjänsten och näringslivet.',
  ),
  clause(7, null, 'Prioriterade områden', 'Parterna beslutar tillsammans om prioriterade områden, både gemensamma och lokala.'),
  clause(
    8,
    7,
    'Indikatorer',
    'Torsby kommun tar fram förslag till arbetssätt och till indikatorer på lång och kort sikt för det brottsförebyggande arbetet.',
  ),
  clause(
    9,
    7,
    'Våldsbejakande extremism',
    'Hagfors kommun tar fram förslag till konkreta handlingsplaner mot våldsbejakande extremism.',
  ),
  clause(
    10,
    7,
    'ANDT i skolan',
    'Sunne kommun och Munkfors kommun tar fram förslag till en ANDT-policy med handlingsplaner för skolorna, så lika som möjligt i de fyra kommunerna.',
  ),
  clause(
    11,
    7,
    'Förgiftningar',
    'Parterna har ett gemensamt ansvar för att samarbetet mellan akutmottagning, polis och socialtjänst fungerar väl vid förgiftningar.',
  ),
  clause(12, 7, 'Näringslivet', 'Parterna verkar för att näringslivet deltar i det brottsförebyggande arbetet.'),
  clause(
    13,
    null,
    'Resurser',
    'Parterna prioriterar resurser till arbetet, var för sig och tillsammans, så att det blir mer effektivt.',
  ),
  clause(14, null, 'Arbetsformer', 'Arbetet leds av en styrgrupp och bedrivs i en arbetsgrupp.'),
  clause(
    15,
    14,
    'Styrgrupp',
    'I styrgruppen ingår företrädare för kommunernas politiska ledning och tjänstemannaledning samt för lokalpolisområdets ledning. Den beslutar om inriktning och prioriterade områden.',
  ),
  clause(
    16,
    14,
    'Arbetsgrupp',
    'I arbetsgruppen ingår kommunernas samordnare och kommunpolisen. Den förbereder styrgruppens möten och ser till att besluten blir av.',
  ),
  clause(17, null, 'Uppföljning', 'Styrgruppen följer upp avtalet och de prioriterade områdena en gång om året.'),
  clause(
    18,
    null,
    'Kommunikation',
    'Parterna informerar invånarna om samverkan och dess resultat. Den som uttalar sig för alla gör det efter samråd med de andra.',
  ),
  clause(19, null, 'Giltighet', 'Avtalet gäller från den dag då alla parter har skrivit under det, och tills vidare.'),
  clause(20, 19, 'Uppsägning', 'Avtalet gäller till dess att någon av parterna säger upp det. Uppsägningen ska vara skriftlig.'),
]

/** Who stands for the party when it answers and signs. */
export const signers: Record<Exclude<PartyKey, 'R'>, MemberKey> = { S: 'saga', T: 'torbjorn', H: 'hilda', M: 'maj', P: 'pia' }

/** From the first version to the second. */
export const afterTheAct: StoryProposal = {
  number: 1,
  title: 'Anpassa avtalet till lagen om kommuners ansvar för brottsförebyggande arbete',
  reason: prose`
    Sedan den 1 juli 2023 har varje kommun ett eget ansvar enligt lagen (2023:196). Avtalet behöver säga hur vår samverkan hänger ihop med kommunernas lägesbilder, åtgärdsplaner och uppföljning.
  `,
  by: 'torbjorn',
  steps: [
    {
      kind: 'CHANGE',
      n: 3,
      text: 'Insatserna ska bygga på kommunernas lägesbilder och på Polisens kunskap om brottsligheten. Parterna använder samma begrepp och beskriver problem och orsaker innan de väljer åtgärder.',
    },
    {
      kind: 'ADD',
      n: 21,
      under: 14,
      after: 16,
      heading: 'Lägesbilder och åtgärdsplaner',
      text: 'Varje kommun tar fram sin egen lägesbild och beslutar om sin egen åtgärdsplan. Polisen lämnar ett samlat underlag till alla fyra. Parterna stämmer av planerna med varandra innan de beslutas.',
    },
    {
      kind: 'CHANGE',
      n: 17,
      text: 'Styrgruppen följer upp avtalet och de prioriterade områdena en gång om året. Lägesbilderna uppdateras och åtgärdsplanerna följs upp minst vartannat år.',
    },
    { kind: 'MOVE', n: 13, under: null, after: 14 },
  ],
}

export const versions = {
  first: { signedOn: '2019-05-08', from: '14:00' },
  second: {
    drafted: '2024-01-22',
    opened: '2024-02-05',
    answered: { T: '2024-02-05', S: '2024-02-13', M: '2024-02-19', H: '2024-02-27', P: '2024-03-04' },
    signed: { T: '2024-03-11', S: '2024-03-13', P: '2024-03-19', M: '2024-03-26', H: '2024-04-10' },
  },
} as const

/** Put before the others, and not yet answered by all. */
export const open: StoryProposal & {
  drafted: Moment
  opened: Moment
  answers: readonly (Moment & { position: StoryPosition; reason: string | null })[]
} = {
  number: 2,
  title: 'Näringslivet får en kontaktväg in',
  reason: prose`
    Företagen säger att de vill vara med men inte vet vem de ska vända sig till. I dag står det bara att vi verkar för att de deltar. Vi vill att avtalet lovar två saker:

    - en kontaktperson i varje kommun
    - en återkoppling efter varje trygghetsvandring
  `,
  by: 'hilda',
  steps: [
    {
      kind: 'CHANGE',
      n: 12,
      text: 'Parterna verkar för att näringslivet deltar i det brottsförebyggande arbetet. Varje kommun har en kontaktperson för företagen.',
    },
    {
      kind: 'ADD',
      n: 22,
      under: 12,
      after: null,
      heading: 'Återkoppling',
      text: 'Företag som har deltagit i en trygghetsvandring får veta vad som har hänt med det som de har påpekat, senast tre månader efter vandringen.',
    },
  ],
  drafted: { day: -24, time: '10:20', by: 'hilda' },
  opened: { day: -19, time: '09:05', by: 'hilda' },
  answers: [
    { day: -19, time: '09:07', by: 'hilda', position: 'YES', reason: null },
    {
      day: -15,
      time: '14:30',
      by: 'torbjorn',
      position: 'YES',
      reason: 'Bra. Vi har redan en näringslivschef som kan vara kontaktperson.',
    },
    {
      day: -11,
      time: '11:12',
      by: 'maj',
      position: 'ABSTAIN',
      reason: 'Vi har för få trygghetsvandringar för att kunna säga om tre månader är rimligt.',
    },
  ],
}

/** Sunne's own, so far. */
export const draft: StoryProposal & { drafted: Moment } = {
  number: 3,
  title: 'Styrgruppen träffas fyra gånger om året',
  reason: '',
  by: 'saga',
  steps: [
    {
      kind: 'CHANGE',
      n: 15,
      text: 'I styrgruppen ingår företrädare för kommunernas politiska ledning och tjänstemannaledning samt för lokalpolisområdets ledning. Den beslutar om inriktning och prioriterade områden och träffas fyra gånger om året.',
    },
  ],
  drafted: { day: -6, time: '15:40', by: 'saga' },
}

export const comments: readonly (Moment & { on: number; n: number; audience: 'AS_PARENT' | 'OWN'; text: string })[] = [
  {
    on: 21,
    n: 1,
    day: -40,
    time: '10:15',
    by: 'pontus',
    audience: 'AS_PARENT',
    text: 'Vi kan lämna underlaget en gång till alla fyra, om ni bestämmer er för samma månad.',
  },
  {
    on: 21,
    n: 2,
    day: -39,
    time: '08:50',
    by: 'tuva',
    audience: 'AS_PARENT',
    text: 'För oss passar det efter bokslutet. Vi tar upp det i arbetsgruppen.',
  },
  {
    on: 12,
    n: 1,
    day: -14,
    time: '13:20',
    by: 'ragna',
    audience: 'AS_PARENT',
    text: 'Krogarna hör väl också hit? De är de första som märker när något är på väg att gå fel.',
  },
  {
    on: 12,
    n: 2,
    day: -12,
    time: '09:40',
    by: 'sixten',
    audience: 'OWN',
    text: 'Kolla med vår näringslivsenhet innan vi svarar.',
  },
]

import { plural } from '../plural.ts'

export const overview = {
  heading: 'Översikt',
  since: {
    heading: 'Sedan du var här sist',
    firstHeading: 'De senaste sju dagarna',
    from: (when: string) => `Vad andra än du har gjort sedan ${when}.`,
    first: 'Vad andra än du har gjort. Nästa gång visas det som är nytt sedan du var här.',
    parties: 'Visa det som en part har gjort',
    everybody: 'Alla',
    byParty: (party: string, count: number) => `${party}: ${count} ${plural(count, 'sak', 'saker')}`,
    times: (what: string, times: number) => `${what} ${times} gånger`,
    bounded: 'Det har hänt mycket. Här visas de hundra senaste ändringarna.',
    none: 'Inget nytt',
    noneText: 'När någon annan gör något som din part får se står det här, medan du tittar.',
    allTasks: 'Till uppgifterna',
    show: (count: number) => `Visa alla ${count}`,
    fewer: 'Visa färre',
    clause: (number: string, heading: string) => `Punkt ${number} ${heading}`,
    version: (number: number) => `Avtalet, version ${number}`,
  },
  awaited: {
    heading: (party: string) => `Nästa steg för ${party}`,
    none: 'Inget väntar på er just nu.',
    why: {
      sign: 'Skriv under',
      answer: 'Svara',
      approve: 'Godkänn',
      begin: 'Påbörja',
    },
    version: (number: number) => `Version ${number} av avtalet`,
  },
  mine: { heading: 'Mina uppgifter', none: 'Inga uppgifter har dig som den som gör dem.', find: 'Hitta en att ta' },
  due: {
    heading: 'Snart eller försenat',
    all: (party: string) => `Allt ${party} ansvarar för`,
    none: (party: string) => `Inget av det ${party} ansvarar för ska vara klart inom två veckor.`,
  },
  agreement: {
    heading: 'Avtalet',
    open: (count: number) => `${count} ${plural(count, 'öppet förslag', 'öppna förslag')}`,
    noneOpen: 'Inga öppna förslag',
    stillMissing: 'Saknas',
  },
  all: 'Visa alla',
  allOf: (list: string) => `Visa alla: ${list}`,
}

import { plural } from '../plural.ts'

/** The journal as a chain, and what is signed of it. */
export const chain = {
  intro: (party: string) =>
    `Allt som ${party} får veta i Samsyn står i er journal, post för post, där varje post bygger på den före. En gång om dygnet undertecknar Samsyn hur långt journalen har kommit. Det är ett kvitto.`,
  proves: 'Vad det visar',
  provesText:
    'Den som har sparat ett kvitto kan efteråt visa om något fram till dess har ändrats, tagits bort eller skjutits in, också av den som driver Samsyn.',
  check: 'Så kontrollerar du',
  checkText:
    'Spara filen hos er, utanför Samsyn. Be driften om en export av er journal (samsyn journal export) och låt programmet verify.mjs, som följer med Samsyn i examples och bara behöver Node, jämföra dem:',
  key: 'Nyckeln som undertecknar',
  keyText: 'Jämför fingeravtrycket med det som driften läser upp (samsyn journal key). Stämmer de inte är kvittot inte Samsyns.',
  fingerprint: 'Fingeravtryck, SHA-256',
  heads: 'De senaste kvittona',
  download: 'Ladda ner kvittona',
  through: 'Till och med post',
  signedAt: 'Undertecknat',
  hash: 'Kontrollsumma',
  signature: 'Underskrift',
  byKey: 'Nyckel',
  restored: (times: number) => `efter ${times} ${plural(times, 'återställning', 'återställningar')}`,
  older: 'Äldre kvitton finns i API:et. Det senaste gäller också allt som de gäller.',
  copyHash: (day: string) => `Kopiera kontrollsumman, ${day}`,
  copySignature: (day: string) => `Kopiera underskriften, ${day}`,
  copyFingerprint: 'Kopiera fingeravtrycket',
  copied: 'Kopierat.',
  kept: 'Hur länge journalen finns här',
  keptForEver: 'Journalen finns kvar i Samsyn för alltid. Inget av den arkiveras.',
  keptFor: (months: number) =>
    `Journalen finns i Samsyn i ${months} ${plural(months, 'månad', 'månader')}. Det som är äldre får driften arkivera: det förs över till filer som kontrolleras på samma sätt som journalen, och kvittona gäller även dem.`,
  archived: (entry: string, day: string) =>
    `Till och med post ${entry}, ${day}, är journalen arkiverad hos driften. Behåll kvittona: de visar att också arkivet är oförändrat.`,
  none: 'Inget kvitto än',
  noneText: 'Det första kommer inom ett dygn från att er part har fått veta något.',
}

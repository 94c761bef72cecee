import type { IssueCode } from '../../graph/outcome.ts'
import { plural } from '../plural.ts'

const issue: Record<IssueCode, (limit: number | null) => string> = {
  EMPTY: () => 'Skriv något här.',
  TOO_LONG: (limit: number | null) => (limit ? `För långt: högst ${limit} tecken får plats.` : 'För långt.'),
  TOO_MANY: (limit: number | null) => (limit ? `För många: högst ${limit}.` : 'För många.'),
  INVALID_CHARACTER: () => 'Texten innehåller ett tecken som inte kan sparas. Ta bort det och försök igen.',
  INVALID_DATE: () => 'Datumet finns inte. Skriv år, månad och dag, till exempel 2027-03-12.',
  INVALID_TIME: () => 'Det här är ingen tid på dygnet. Skriv timmar och minuter, till exempel 07:30.',
  INVALID_MOMENT: () => 'Välj en tid som ligger framåt, högst ett år bort.',
  INVALID_EMAIL: () => 'Det här är ingen e-postadress. Den ska se ut som namn@kommun.se.',
  INVALID_ID: () => 'Något i formuläret är fel. Ladda om sidan och försök igen.',
  UNKNOWN: () => 'Det här finns inte längre. Välj något annat.',
  TAKEN: () => 'Det här används redan.',
  PERSONAL_NUMBER: () =>
    'Här står ett personnummer eller samordningsnummer. Sådana får inte delas med andra parter. Ta bort det och försök igen.',
  INVALID_ADDRESS: () =>
    'Dit kan ingenting skickas. Adressen ska börja med https:// och gå till en server som nås från internet.',
  INVALID_DOCUMENT: () => 'Frågan fungerar inte.',
}

/** Why something was not saved, in words that say how to mend it. */
export const errors = {
  issue,
  refused: {
    ROLE: 'Din roll räcker inte för det här. Be en samordnare hos er.',
    AUDIENCE: 'Det går inte att göra med den här läsekretsen. En uppgift kan delas med fler, men inte med färre.',
    ARCHIVED: 'Uppgiften är undanlagd. Återställ den först.',
    WITHDRAWN: 'Kommentaren är tillbakadragen och kan inte ändras.',
    LAST_ADMIN: 'Er part måste ha minst en administratör kvar.',
    NOT_OWN_PARTY: 'Det här kan bara den egna parten göra.',
    NOT_AUTHOR: 'Det här kan bara den som skrev göra.',
    KEY_REUSED: 'Något blev fel i sändningen. Ladda om sidan och försök igen.',
    NOT_SIGNATORY: 'Det här kan bara de parter göra som har skrivit under avtalet.',
    MANDATE: 'Du har ingen fullmakt som gäller i dag för det här. Be någon hos er som har det.',
    STATE: 'Det går inte längre, eller inte ännu. Ladda om sidan för att se hur det står till.',
    TEXT_CHANGED: 'Texten är inte längre den du läste. Läs den nya innan du går vidare.',
    READ_ONLY_KEY: 'En API-nyckel kan bara läsa.',
  },
  conflict: 'Någon annan hann ändra samma sak. Välj vilken som ska gälla.',
  missing: 'Det här finns inte, eller inte för dig.',
  busy: 'Det är mycket på gång just nu. Försök igen om en stund.',
  unanswered: 'Det är gjort, men svaret kom inte fram. Ladda om sidan så syns det.',
  hurried: (seconds: number) =>
    `Du har gjort mycket på kort tid. Vänta ${seconds} ${plural(seconds, 'sekund', 'sekunder')} och försök igen.`,
  offline: 'Ingen kontakt med servern. Inget sparades; försök igen när anslutningen är tillbaka.',
  signedOut: 'Du är utloggad. Logga in igen.',
  broken: (reference: string | null) =>
    reference ? `Något oväntat hände. Ange ${reference} om du hör av dig om felet.` : 'Något oväntat hände. Försök igen.',
}

export const keys = {
  intro: (party: string) =>
    `Ett av era egna system kan följa med i Samsyn: det ser det som ${party} ser, eller delar av det, i samma stund, och ändrar inget.`,
  keys: 'API-nycklar',
  keysAbout:
    'Ett program loggar in med en nyckel. En administratör hos er skapar den och kan byta ut eller återkalla den när som helst.',
  none: 'Ni har ingen nyckel än.',
  askAdmin: 'Be en administratör hos er om en nyckel.',
  make: 'Skapa nyckel',
  name: 'Namn',
  nameHint: 'Vilket program nyckeln är till, till exempel diariet eller statistiken.',
  days: 'Gäller i',
  daysOf: (days: number) => (days === 365 ? 'ett år' : `${days} dagar`),
  slices: 'Vad programmet får läsa',
  slicesAbout:
    'Av det som er part läser. Parter och medlemmar läser det alltid. Vad nyckeln är till för går inte att ändra sedan.',
  sliceNames: { TASKS: 'Uppgifter', COMMENTS: 'Kommentarer', AGREEMENT: 'Avtalet med förslag', FILES: 'Filer' },
  reads: (what: string) => `Läser ${what}`,
  readsNone: 'Läser bara parter och medlemmar',
  readsAll: 'Läser allt som er part läser',
  once: 'Nyckeln visas bara nu. Förvara den som ett lösenord: den som har nyckeln läser det som den är till för.',
  ready: 'Nyckeln är klar',
  secret: 'Nyckel',
  copy: 'Kopiera nyckeln',
  copied: 'Kopierad.',
  rotate: 'Byt nyckel',
  rotateWhich: (name: string) => `Byt nyckel för ${name}`,
  rotateMeans:
    'En ny nyckel visas en gång. Namnet, era webhooks och historiken är kvar. Lägg in den nya i programmet innan den gamla slutar fungera.',
  overlap: 'Den gamla fungerar',
  overlapOf: (hours: number) =>
    hours === 0
      ? 'inte alls från nu'
      : hours === 1
        ? 'en timme till'
        : hours === 24
          ? 'ett dygn till'
          : `${hours / 24} dygn till`,
  renewal: 'Den nya gäller i',
  unchanged: (day: string) => `lika länge som förut, till ${day}`,
  rotated: 'Den nya nyckeln är klar',
  sealed: (when: string) => `Bytt ${when}`,
  former: (when: string) => `Den förra nyckeln fungerar till ${when}.`,
  formerUsed: (when: string) => `Den användes senast ${when}: något program har ännu inte fått den nya.`,
  moved: 'Den har inte använts sedan bytet, men det har den nya.',
  idle: 'Ingen av dem har använts sedan bytet.',
  endFormer: 'Stäng den förra nu',
  endFormerWhich: (name: string) => `Stäng den förra nyckeln för ${name}`,
  endFormerMeans: 'Program som ännu använder den förra nyckeln stängs ute genast. Det går inte att ångra. Den nya påverkas inte.',
  formerEnded: (name: string) => `Den förra nyckeln för ${name} är stängd.`,
  revoke: 'Återkalla',
  revokeWhich: (name: string) => `Återkalla ${name}`,
  revokeMeans: (name: string) =>
    `Programmet som använder ${name} stängs ute genast. Det går inte att ångra, men du kan skapa en ny nyckel.`,
  wasRevoked: (name: string) => `${name} är återkallad.`,
  madeBy: (who: string, when: string) => `Skapad ${when} av ${who}`,
  operator: 'driften',
  expires: (day: string) => `Gäller till ${day}`,
  expired: (day: string) => `Slutade gälla ${day}`,
  revoked: (day: string) => `Återkallad ${day}`,
  used: (when: string) => `Användes senast ${when}`,
  unused: 'Har aldrig använts',
  how: 'Så följer du med',
  steps:
    'Fråga först efter platsen i er ström, cursor, och därefter om och om igen efter det som har hänt sedan dess. Varje svar ger nästa plats. Spara den när du har tagit hand om svaret, så missas inget. Avbryts ditt program däremellan kommer samma svar igen; varje ändring har ett id att känna igen den på.',
  where: 'Adress',
  curl: 'Med curl',
  python: 'Med Python, utan något att installera',
  webhooks: 'Webhooks',
  explore: 'Prova frågor',
  exploreAbout:
    'GraphiQL ställer frågor som du själv, fyller i medan du skriver och har hela dokumentationen. Det du ändrar där ändras på riktigt.',
  toExplore: 'Öppna GraphiQL',
  schemaChanges: 'Ändringar i schemat',
  webhooksAbout:
    'Samsyn kan också självt skicka det som händer till ert system, undertecknat, och försöka igen när systemet ligger nere.',
  toWebhooks: 'Er parts webhooks',
  tables: 'Tabeller och kalendrar',
  tablesAbout:
    'Med samma nyckel hämtas varje lista som CSV: tasks, members, clauses, answers och activity, med de variabler som frågan har i GraphQL. Kalendrar prenumererar på en länk som skapas under Kalender.',
  csv: 'En lista som CSV',
  limits: 'Gränser',
  limitsAbout:
    'De gäller lika över HTTP och WebSocket. Priset räknas ut innan frågan körs: 100 för varje fråga, 100 till för varje ändring och 1 för varje sak som svaret som mest kan innehålla. Be därför om så stora sidor som du behöver och inte större.',
  bounds: {
    cost: 'Högsta pris för en fråga',
    costPerMinute: 'Pris per minut för en nyckel, eller en person',
    perPage: 'Poster på en sida',
    depth: 'Fält i fält',
    aliases: 'Alias i en fråga',
    messageBytes: 'Storlek på en fråga i byte',
    sockets: 'Öppna WebSocket-anslutningar',
    subscriptions: 'Prenumerationer',
  },
  limitsTold:
    'Vad som är kvar av minuten står i RateLimit i svarets huvud. Är det slut svarar servern 429 och RATE_LIMITED: vänta så länge som Retry-After säger, och fråga igen. Över WebSocket kommer samma fel för just den frågan och anslutningen går vidare. Vad en fråga kostar får du med svaret så här:',
  priced: 'Fråga med pris',
  live: 'Vill du ha det i samma stund, prenumerera på changes över WebSocket (graphql-transport-ws) och skicka nyckeln som key i connection_init. Svarar servern Resync gäller inte platsen längre: läs in allt på nytt och fortsätt från den plats som svaret ger.',
}

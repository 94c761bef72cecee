type Judged = readonly [asked: string, ...relevant: string[]]

/** What people of Torsby would type, and the titles that ought to answer: any of them, the sooner the better. */
const TORSBY: readonly Judged[] = [
  // The words as they stand, in other forms.
  [
    'indikatorer',
    'Långsiktiga indikatorer: förslag till urval',
    'Kortsiktiga indikatorer: vad vi kan följa varje kvartal',
    'Arbetssätt för att ta fram indikatorer',
  ],
  [
    'indikator',
    'Långsiktiga indikatorer: förslag till urval',
    'Kortsiktiga indikatorer: vad vi kan följa varje kvartal',
    'Arbetssätt för att ta fram indikatorer',
  ],
  ['trygghetsvandringar', 'Trygghetsvandring med företagare: checklista'],
  ['checklistor', 'Trygghetsvandring med företagare: checklista'],
  [
    'policy',
    'Gemensam ANDT-policy för skolorna: grundtexten',
    'Jämför nuvarande policyer, avsnitt för avsnitt',
    'Remiss av ANDT-policyn till socialtjänst och polis',
  ],
  ['handlingsplanen extremism', 'Mall för handlingsplan mot våldsbejakande extremism'],
  ['lägesbilder', 'Polisens lägesbild: en leverans, fyra kommuner', 'Lägesbilder och åtgärdsplaner'],
  ['mötet underlaget', 'Underlag till styrgruppens nästa möte'],
  ['rutinen intox', 'Rutin vid INTOX: vem ringer vem?'],
  ['enkäter', 'Egen trygghetsenkät i de fyra kommunerna'],
  // Compounds and their parts.
  [
    'narkotikapolicy',
    'Gemensam ANDT-policy för skolorna: grundtexten',
    'Remiss av ANDT-policyn till socialtjänst och polis',
    'Jämför nuvarande policyer, avsnitt för avsnitt',
  ],
  ['ANDT-policyn', 'Gemensam ANDT-policy för skolorna: grundtexten', 'Remiss av ANDT-policyn till socialtjänst och polis'],
  ['skolpolicy', 'Gemensam ANDT-policy för skolorna: grundtexten', 'Remiss av ANDT-policyn till socialtjänst och polis'],
  ['enkät', 'Egen trygghetsenkät i de fyra kommunerna'],
  ['trygghet', 'Gemensam ordlista: lång sikt, kort sikt och trygghet', 'Egen trygghetsenkät i de fyra kommunerna'],
  ['jour', 'En kontaktväg till socialjouren, dygnet runt'],
  ['näringsliv', 'Näringslivsträff: inbjudan och program', 'Näringslivet'],
  ['löften', 'Medborgarlöften: samma tidplan i fyra kommuner'],
  [
    'extremismplan',
    'Mall för handlingsplan mot våldsbejakande extremism',
    'Ett lokalt avsnitt i varje plan, inte bara det nationella',
    'Scenarioövning: planen prövas på en förmiddag',
  ],
  ['rapporteringsmall', 'EST: gemensam mall för rapportering'],
  // Without å, ä and ö.
  ['arshjul', 'Årshjul för arbetsgrupp och styrgrupp'],
  ['lagesbild', 'Polisens lägesbild: en leverans, fyra kommuner', 'Lägesbilder och åtgärdsplaner'],
  ['langsiktiga', 'Långsiktiga indikatorer: förslag till urval'],
  ['medborgarloften', 'Medborgarlöften: samma tidplan i fyra kommuner'],
  ['naringslivstraff', 'Näringslivsträff: inbjudan och program'],
  ['vald', 'Mall för handlingsplan mot våldsbejakande extremism', 'Våldsbejakande extremism'],
  // Slips of the finger.
  ['handlnigsplan', 'Mall för handlingsplan mot våldsbejakande extremism', 'Handlingsplan: vid misstanke och vid akut påverkan'],
  [
    'indkatorer',
    'Långsiktiga indikatorer: förslag till urval',
    'Kortsiktiga indikatorer: vad vi kan följa varje kvartal',
    'Arbetssätt för att ta fram indikatorer',
  ],
  [
    'polciy',
    'Gemensam ANDT-policy för skolorna: grundtexten',
    'Jämför nuvarande policyer, avsnitt för avsnitt',
    'Remiss av ANDT-policyn till socialtjänst och polis',
  ],
  ['ordlsita', 'Gemensam ordlista: lång sikt, kort sikt och trygghet'],
  ['socialjuoren', 'En kontaktväg till socialjouren, dygnet runt', 'Rutin vid INTOX: vem ringer vem?'],
  // While typing.
  ['ordl', 'Gemensam ordlista: lång sikt, kort sikt och trygghet'],
  ['trygghetsv', 'Trygghetsvandring med företagare: checklista'],
  ['utbildning för sk', 'Utbildning för skola, fritid och socialtjänst'],
  // The agreement.
  ['säga upp avtalet', 'Uppsägning'],
  ['uppsagning', 'Uppsägning'],
  ['giltighetstid', 'Giltighet'],
  ['åtgärdsplan', 'Lägesbilder och åtgärdsplaner'],
  ['kontaktväg för näringslivet', 'Näringslivet får en kontaktväg in'],
  ['styrgurpp', 'Styrgrupp', 'Årshjul för arbetsgrupp och styrgrupp', 'Underlag till styrgruppens nästa möte'],
  // As one asks.
  ['vem ringer vi vid intox', 'Rutin vid INTOX: vem ringer vem?'],
]

/** What only some have to find. */
const SUNNE: readonly Judged[] = [
  ['skolan drogtester', 'Drogtester i skolan: vad får vi göra?'],
  ['blanketter', 'INTOX-blanketten: vad ska räknas, och vad ska inte stå där?'],
  ['blankett', 'INTOX-blanketten: vad ska räknas, och vad ska inte stå där?'],
  ['träffas fyra gånger', 'Styrgruppen träffas fyra gånger om året'],
  ['drogtestre', 'Drogtester i skolan: vad får vi göra?'],
  ['får vi drogtesta elever', 'Drogtester i skolan: vad får vi göra?'],
]
const HAGFORS: readonly Judged[] = [
  ['övning', 'Scenarioövning: planen prövas på en förmiddag'],
  ['scen', 'Scenarioövning: planen prövas på en förmiddag'],
]

export const QUERIES = { Torsby: TORSBY, Sunne: SUNNE, Hagfors: HAGFORS } as const

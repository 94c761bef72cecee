// Sunne's and Munkfors's undertaking: an ANDT policy for the schools with action plans, as alike as possible.

import { archived, assigned, commented, created, edited, moved, noted, prose, reworded, shared, type StoryTask } from './story.ts'

const masterText: StoryTask = {
  number: 31,
  clause: 10,
  title: 'Gemensam ANDT-policy för skolorna: grundtexten',
  description: prose`
    En grundtext som båda kommunerna utgår från. Avvikelser är tillåtna men ska ha ett skäl som går att läsa.

    ## Avsnitt

    1. Vad policyn gäller: alkohol, narkotika, dopning, tobak och nikotin – *lika*
    2. Förhållningssätt: omtanke först, tydliga gränser – *lika*
    3. Främjande och förebyggande arbete – *lika*
    4. Tobaks- och nikotinfri skoltid – *lika*
    5. Elevhälsans roll – **avviker:** Munkfors köper skolläkartid
    6. Vårdnadshavare: när och hur de kontaktas – *lika*
    7. Samarbete med socialtjänst och polis – **avviker:** olika kontaktvägar
    8. Skolresor och praktik – **avviker:** Sunne har gymnasium
    9. Spel om pengar – **avviker:** Sunne vill ha med det, Munkfors väntar
    10. Uppföljning varje läsår – *lika*

    ## Lika just nu

    Sex av tio avsnitt är ordagrant lika.

    ## Att göra

    - [x] Utkast till alla avsnitt
    - [x] Genomläsning av elevhälsan i båda kommunerna
    - [ ] Avsnitt 9: gemensam linje
    - [ ] Klarspråksgranskning
    - [ ] Remiss
  `,
  party: 'S',
  audience: 'JOINT',
  state: 'ONGOING',
  due: 7,
  responsible: ['S', 'M'],
  assignees: ['sixten', 'maj'],
  initially: {
    title: 'Gemensam ANDT-policy för skolorna',
    description: prose`
      En grundtext som båda kommunerna utgår från.

      - [ ] Lista avsnitten
      - [ ] Skriv utkast
      - [ ] Remiss
    `,
  },
  history: [
    created(-99, '10:25', 'sixten'),
    shared(-96, '08:40', 'saga', ['M']),
    assigned(-96, '08:44', 'saga', { responsible: ['S', 'M'], assignees: ['sixten', 'maj'] }),
    commented(-95, '09:05', 'maj', 1, 'Vi börjar med det som redan är lika. Då ser vi hur litet det är som skiljer.'),
    moved(-94, '13:30', 'sixten', 'ONGOING'),
    edited(-74, '14:45', 'maj', {
      description: prose`
        En grundtext som båda kommunerna utgår från. Avvikelser är tillåtna men ska ha ett skäl som går att läsa.

        ## Avsnitt

        1. Vad policyn gäller
        2. Förhållningssätt
        3. Främjande och förebyggande arbete
        4. Tobaksfri skoltid
        5. Elevhälsans roll
        6. Vårdnadshavare
        7. Samarbete med socialtjänst och polis
        8. Skolresor och praktik
        9. Uppföljning varje läsår

        ## Att göra

        - [x] Utkast till avsnitt 1–4
        - [ ] Utkast till avsnitt 5–9
        - [ ] Genomläsning av elevhälsan i båda kommunerna
        - [ ] Remiss
      `,
    }),
    commented(
      -72,
      '15:35',
      'moa',
      2,
      'Avsnitt 4: skriv ”tobaks- och nikotinfri”. Eleverna hittar produkterna som inte är tobak snabbare än vi hinner uppdatera texten.',
    ),
    commented(-71, '08:18', 'sixten', 3, 'Bra. Vi ändrar i alla avsnitt så att nikotin alltid är med.'),
    shared(-58, '14:20', 'saga', 'JOINT'),
    edited(-57, '13:10', 'sixten', { title: 'Gemensam ANDT-policy för skolorna: grundtexten' }),
    commented(
      -53,
      '10:55',
      'torbjorn',
      4,
      'Vi och Hagfors följer med intresse. Om grundtexten blir bra vill vi kunna använda den nästa läsår.',
    ),
    commented(
      -48,
      '13:42',
      'sixten',
      5,
      'Vi föreslår ett avsnitt om spel om pengar. ANDTS är det begrepp som används nationellt nu, och hos oss kommer frågan från eleverna själva.',
    ),
    commented(
      -47,
      '09:30',
      'maj',
      6,
      'Jag förstår, men då måste personalen ha något att göra med svaret. Vi har ingen att hänvisa till ännu. Kan det vara en avvikelse med ett datum då vi tar upp det igen?',
    ),
    commented(
      -47,
      '10:12',
      'sixten',
      7,
      'Det kan vi leva med. Skälet skrivs ut, så ser alla att det handlar om tid och inte om åsikt.',
    ),
    edited(-14, '15:00', 'sixten', {
      description: prose`
        En grundtext som båda kommunerna utgår från. Avvikelser är tillåtna men ska ha ett skäl som går att läsa.

        ## Avsnitt

        1. Vad policyn gäller: alkohol, narkotika, dopning, tobak och nikotin – *lika*
        2. Förhållningssätt: omtanke först, tydliga gränser – *lika*
        3. Främjande och förebyggande arbete – *lika*
        4. Tobaks- och nikotinfri skoltid – *lika*
        5. Elevhälsans roll – **avviker:** Munkfors köper skolläkartid
        6. Vårdnadshavare: när och hur de kontaktas – *lika*
        7. Samarbete med socialtjänst och polis – **avviker:** olika kontaktvägar
        8. Skolresor och praktik – **avviker:** Sunne har gymnasium
        9. Spel om pengar – **avviker:** Sunne vill ha med det, Munkfors väntar
        10. Uppföljning varje läsår – *lika*

        ## Lika just nu

        Sex av tio avsnitt är ordagrant lika.

        ## Att göra

        - [x] Utkast till alla avsnitt
        - [x] Genomläsning av elevhälsan i båda kommunerna
        - [ ] Avsnitt 9: gemensam linje
        - [ ] Klarspråksgranskning
        - [ ] Remiss
      `,
    }),
    noted(
      -13,
      '08:35',
      'moa',
      8,
      'Maj, jag vill inte att vi ger oss om spelavsnittet av artighet. Vår kurator har en dag i veckan.',
    ),
    noted(-13, '09:48', 'maj', 9, 'Det gör vi inte. Skälet står kvar tills vi har något att erbjuda.'),
  ],
}

const actionPlan: StoryTask = {
  number: 32,
  clause: 10,
  title: 'Handlingsplan: vid misstanke och vid akut påverkan',
  description: prose`
    Den del som personalen faktiskt slår upp. Två situationer, ett flöde för varje.

    ## Vid misstanke

    1. Den som är orolig pratar med mentorn samma dag.
    2. Mentorn tar upp det med elevhälsan. Inget förhör med eleven.
    3. Samtal med eleven, och med vårdnadshavare om det inte kan skada eleven.
    4. **Orosanmälan** görs om skolan får kännedom om eller misstänker att eleven far illa. Skyldigheten kan inte lämnas över till någon annan, och misstanken behöver inte vara bevisad.
    5. Uppföljning efter två veckor, alltid.

    ## Vid akut påverkan

    1. Lämna inte eleven ensam.
    2. Ring 112 vid medvetslöshet, kramper, andningsbesvär eller om du är osäker.
    3. Kontakta rektor och vårdnadshavare.
    4. Ta vara på information till sjukvården: vad, när, hur mycket.
    5. Dokumentera i elevakten. Skriv ingenting här.

    ## Kvar

    - [x] Flöde vid misstanke
    - [x] Flöde vid akut påverkan
    - [ ] Avstämt med akutmottagningen i Torsby
    - [ ] Ritat på en sida, läsbart på telefon
  `,
  party: 'M',
  audience: 'JOINT',
  state: 'ONGOING',
  due: 3,
  responsible: ['M', 'S'],
  assignees: ['moa', 'sixten'],
  initially: {
    description: prose`
      Två situationer, ett flöde för varje.

      ## Vid misstanke

      1. Prata med mentorn.
      2. Mentorn tar upp det med elevhälsan.
      3. Samtal med eleven och vårdnadshavare.
      4. Orosanmälan vid behov.

      ## Vid akut påverkan

      *Skrivs tillsammans med elevhälsan.*
    `,
    due: -8,
  },
  history: [
    created(-81, '09:35', 'moa'),
    shared(-80, '10:50', 'maj', ['S']),
    assigned(-80, '10:55', 'maj', { responsible: ['M', 'S'], assignees: ['moa', 'sixten'] }),
    moved(-78, '14:30', 'moa', 'ONGOING'),
    commented(
      -77,
      '09:50',
      'sixten',
      1,
      '”Orosanmälan vid behov” är det som gör att den inte blir av. Skyldigheten börjar vid misstanke, så skriv det.',
    ),
    commented(-76, '12:45', 'moa', 2, 'Du har rätt. Jag skriver om punkt 4.'),
    shared(-58, '15:05', 'maj', 'JOINT'),
    edited(-40, '13:25', 'moa', {
      description: prose`
        Den del som personalen faktiskt slår upp. Två situationer, ett flöde för varje.

        ## Vid misstanke

        1. Den som är orolig pratar med mentorn samma dag.
        2. Mentorn tar upp det med elevhälsan. Inget förhör med eleven.
        3. Samtal med eleven, och med vårdnadshavare om det inte kan skada eleven.
        4. **Orosanmälan** görs om skolan får kännedom om eller misstänker att eleven far illa. Skyldigheten kan inte lämnas över till någon annan, och misstanken behöver inte vara bevisad.
        5. Uppföljning efter två veckor, alltid.

        ## Vid akut påverkan

        1. Lämna inte eleven ensam.
        2. Ring 112 vid medvetslöshet, kramper, andningsbesvär eller om du är osäker.
        3. Kontakta rektor och vårdnadshavare.
        4. Ta vara på information till sjukvården: vad, när, hur mycket.
        5. Dokumentera i elevakten. Skriv ingenting här.

        ## Kvar

        - [x] Flöde vid misstanke
        - [x] Flöde vid akut påverkan
        - [ ] Avstämt med akutmottagningen i Torsby
        - [ ] Ritat på en sida, läsbart på telefon
      `,
    }),
    edited(-19, '10:10', 'maj', { due: 3 }),
    commented(
      -18,
      '21:14',
      'rune',
      3,
      'Läst på nattpasset. ”Ta vara på information” är guld värt. Lägg gärna till: ta med förpackningen om den finns, men leta inte igenom väskor.',
    ),
    commented(
      -17,
      '07:55',
      'moa',
      4,
      'Tack! Det skriver jag in. Rektor får inte visitera en väska heller, så den meningen behövs av två skäl.',
    ),
    commented(-11, '14:28', 'pia', 5, 'När ska skolan ringa oss? Det står inget om 114 14 och när det i stället är 112.'),
    commented(
      -6,
      '15:52',
      'sixten',
      6,
      'Jag lägger en ruta bredvid flödet: 112 vid fara, 114 14 vid misstanke om brott som inte pågår.',
    ),
    noted(
      -4,
      '12:55',
      'moa',
      7,
      'Maj: två av våra lärare har frågat om de själva kan bli ansvariga om de inte ser något i tid. Vi behöver säga något lugnande internt innan det här sprids.',
    ),
    noted(
      -3,
      '08:30',
      'ragna',
      8,
      'Rune: bra synpunkter, men innan vi stämmer av flödet officiellt vill jag att läkarchefen har läst punkt 2 och 4.',
    ),
  ],
}

const comparison: StoryTask = {
  number: 33,
  title: 'Jämför nuvarande policyer, avsnitt för avsnitt',
  description: prose`
    Båda kommunernas nuvarande texter bredvid varandra. Grön: säger samma sak. Gul: säger samma sak med andra ord. Röd: säger olika.

    ## Resultat

    - **Grönt:** 4 avsnitt
    - **Gult:** 9 avsnitt
    - **Rött:** 3 avsnitt (drogtester, skolresor, vem som ringer hem)

    Slutsats: det mesta som skiljer är ordval. De tre röda behöver en diskussion, och drogtesterna en jurist.
  `,
  party: 'S',
  audience: ['M'],
  state: 'APPROVED',
  archived: true,
  due: -85,
  responsible: ['S', 'M'],
  assignees: ['sixten', 'moa'],
  initially: { description: 'Båda kommunernas nuvarande texter bredvid varandra, avsnitt för avsnitt.' },
  history: [
    created(-101, '08:55', 'sixten'),
    shared(-100, '13:15', 'saga', ['M']),
    assigned(-100, '13:18', 'saga', { responsible: ['S', 'M'], assignees: ['sixten', 'moa'] }),
    moved(-97, '09:20', 'moa', 'ONGOING'),
    commented(
      -93,
      '15:40',
      'moa',
      1,
      'Vår text är från en tid då tobak var det enda nikotin som fanns. Den får ni inte skratta åt.',
    ),
    commented(-92, '08:28', 'sixten', 2, 'Vår har ett avsnitt om ”sniffning” som ingen minns varför. Vi är kvitt.'),
    edited(-87, '14:15', 'sixten', {
      description: prose`
        Båda kommunernas nuvarande texter bredvid varandra. Grön: säger samma sak. Gul: säger samma sak med andra ord. Röd: säger olika.

        ## Resultat

        - **Grönt:** 4 avsnitt
        - **Gult:** 9 avsnitt
        - **Rött:** 3 avsnitt (drogtester, skolresor, vem som ringer hem)

        Slutsats: det mesta som skiljer är ordval. De tre röda behöver en diskussion, och drogtesterna en jurist.
      `,
    }),
    moved(-86, '10:05', 'sixten', 'DELIVERED'),
    moved(-83, '09:15', 'maj', 'APPROVED'),
    commented(-83, '09:19', 'maj', 3, 'Klart för vår del. Resten lever vidare i grundtexten.'),
    archived(-59, '08:30', 'saga'),
  ],
}

const drugTests: StoryTask = {
  number: 34,
  title: 'Drogtester i skolan: vad får vi göra?',
  description: prose`
    De nuvarande texterna säger olika om drogtester. Det behöver prövas juridiskt innan grundtexten går på remiss.

    ## Frågor till juristerna

    1. Får skolan begära ett test?
    2. När är ett samtycke frivilligt, om alternativet är att föräldrarna kopplas in?
    3. Spelar elevens ålder någon roll?
    4. Vad gäller om initiativet kommer från vårdnadshavaren?

    ## Svar i korthet

    Ett test mot elevens vilja saknar stöd. Samtycke måste vara verkligt, och det är svårt att visa när skolan är den som frågar. Grundtexten bör säga att **skolan inte testar** och att den som vill lämna prov gör det i vården.

    ## Förslag till text

    > Skolan genomför inte drogtester. Elever och vårdnadshavare som vill lämna prov hänvisas till vården.
  `,
  party: 'M',
  audience: ['S'],
  state: 'DELIVERED',
  due: -3,
  responsible: ['M', 'S'],
  assignees: ['maj', 'sixten'],
  initially: {
    description: prose`
      De nuvarande texterna säger olika om drogtester. Det behöver prövas juridiskt innan grundtexten går på remiss.

      ## Frågor till juristerna

      1. Får skolan begära ett test?
      2. När är ett samtycke frivilligt, om alternativet är att föräldrarna kopplas in?
      3. Spelar elevens ålder någon roll?
    `,
  },
  history: [
    created(-82, '13:40', 'maj'),
    shared(-82, '13:52', 'maj', ['S']),
    assigned(-81, '08:05', 'maj', { responsible: ['M', 'S'], assignees: ['maj', 'sixten'] }),
    commented(
      -81,
      '10:40',
      'sixten',
      1,
      'Lägg till en fråga: vad gäller när det är föräldern som vill att skolan testar? Det är det vanligaste samtalet.',
    ),
    moved(-60, '09:00', 'maj', 'ONGOING'),
    commented(-44, '15:05', 'sixten', 2, 'Vår jurist säger i princip nej rakt igenom. Hur långt har er kommit?'),
    commented(
      -42,
      '08:50',
      'maj',
      3,
      'Samma. Den enda öppningen är om vården gör det och eleven själv vill. Då är det inte längre skolan.',
    ),
    edited(-12, '14:05', 'maj', {
      description: prose`
        De nuvarande texterna säger olika om drogtester. Det behöver prövas juridiskt innan grundtexten går på remiss.

        ## Frågor till juristerna

        1. Får skolan begära ett test?
        2. När är ett samtycke frivilligt, om alternativet är att föräldrarna kopplas in?
        3. Spelar elevens ålder någon roll?
        4. Vad gäller om initiativet kommer från vårdnadshavaren?

        ## Svar i korthet

        Ett test mot elevens vilja saknar stöd. Samtycke måste vara verkligt, och det är svårt att visa när skolan är den som frågar. Grundtexten bör säga att **skolan inte testar** och att den som vill lämna prov gör det i vården.

        ## Förslag till text

        > Skolan genomför inte drogtester. Elever och vårdnadshavare som vill lämna prov hänvisas till vården.
      `,
    }),
    moved(-12, '14:10', 'maj', 'DELIVERED'),
    commented(-5, '10:22', 'sixten', 4, 'Vi säger ja till texten. Kan du godkänna när rektorerna hos er har läst?'),
    noted(
      -4,
      '13:10',
      'sixten',
      5,
      'Saga, en av våra rektorer kommer att protestera, för hen har lovat det på ett föräldramöte. Jag pratar med hen först.',
    ),
  ],
}

const consultation: StoryTask = {
  number: 35,
  title: 'Remiss av ANDT-policyn till socialtjänst och polis',
  description: prose`
    Remissen går ut när grundtexten och handlingsplanen är klara. Tre veckors svarstid.

    ## Vi frågar

    1. Är det tydligt vem som gör vad när fler än en är inblandad?
    2. Stämmer kontaktvägarna?
    3. Finns det något ni inte kan leva upp till?

    ## Remissinstanser

    - [ ] Socialtjänsten i Sunne och i Munkfors
    - [ ] Polisen
    - [ ] Elevråden
    - [ ] Torsby och Hagfors, för kännedom
  `,
  party: 'S',
  audience: 'JOINT',
  state: 'GIVEN',
  due: 34,
  responsible: ['S', 'M'],
  assignees: ['sixten', 'moa'],
  history: [
    created(-33, '11:00', 'sixten'),
    shared(-27, '14:15', 'saga', 'JOINT'),
    assigned(-27, '14:18', 'saga', { responsible: ['S', 'M'], assignees: ['sixten', 'moa'] }),
    commented(-26, '08:20', 'pia', 1, 'Vi svarar gärna. Skicka en version där det som är nytt är markerat.'),
    commented(
      -25,
      '15:30',
      'henning',
      2,
      'Även om vi bara får den för kännedom kommer vår socialtjänst att ha synpunkter på avsnitt 7. Är det okej?',
    ),
    commented(-24, '09:05', 'sixten', 3, 'Mer än okej.'),
  ],
}

const ownSunnePrincipals: StoryTask = {
  number: 36,
  title: 'Utkast: så förankrar vi policyn hos rektorerna',
  description: prose`
    Rektorerna har inte bett om en ny policy. **Intern plan för Sunne.**

    1. Enskilda samtal med de två som skrev den nuvarande, före alla andra.
    2. Rektorsgruppen: visa jämförelsen, inte texten. Låt dem se hur lika vi redan är.
    3. Erbjud att vi tar föräldramötena det första läsåret.

    Risk: att det uppfattas som att Munkfors bestämmer över oss, eller tvärtom. Säg ”gemensam” i stället för ”ny”.
  `,
  party: 'S',
  audience: 'OWN',
  state: 'ONGOING',
  due: 6,
  responsible: ['S'],
  assignees: ['sixten'],
  history: [
    created(-38, '13:20', 'sixten'),
    moved(-31, '09:15', 'sixten', 'ONGOING'),
    commented(-31, '10:00', 'saga', 1, 'Punkt 3 låter dyr. Vem tar de kvällarna?'),
    commented(
      -30,
      '08:05',
      'sixten',
      2,
      'Jag, om jag får kompledigt. Sex kvällar är ett billigt pris för att slippa ett år av motstånd.',
    ),
    reworded(
      -30,
      '08:09',
      'sixten',
      2,
      'Jag, om jag får ta ut det i ledighet. Sex kvällar är ett billigt pris för att slippa ett år av motstånd.',
    ),
  ],
}

const ownMunkforsHealth: StoryTask = {
  number: 37,
  title: 'Internt: räcker elevhälsan till det vi lovar?',
  description: prose`
    Handlingsplanen säger ”uppföljning efter två veckor, alltid”. **Bedömning för Munkfors, ska inte delas.**

    - Skolsköterska: 80 procent, fördelat på två enheter
    - Kurator: en dag i veckan
    - Skolläkare: köps vid behov

    Med dagens bemanning klarar vi ungefär fyra uppföljningar samtidigt. Går vi över det behöver vi prioritera, och det bör rektor ha sagt ja till i förväg.

    ## Alternativ

    - Dela kurator med en grannkommun
    - Låta mentorn göra uppföljningen, med stöd
    - Skriva ”inom en månad” i stället
  `,
  party: 'M',
  audience: 'OWN',
  state: 'ONGOING',
  due: 2,
  responsible: ['M'],
  assignees: ['moa', 'maj'],
  history: [
    created(-35, '14:40', 'moa'),
    assigned(-34, '08:10', 'maj', { assignees: ['moa', 'maj'] }),
    moved(-32, '12:30', 'moa', 'ONGOING'),
    commented(-31, '15:25', 'maj', 1, 'Jag vill inte ändra till en månad. Två veckor är hela poängen.'),
    commented(-29, '07:50', 'moa', 2, 'Då är mentorn med stöd det enda som går. Jag räknar på hur många timmar det blir.'),
    commented(-9, '13:05', 'moa', 3, 'Ungefär 40 timmar per läsår, fördelat på elva mentorer. Det går.'),
  ],
}

export const schoolPolicy: StoryTask[] = [
  masterText,
  actionPlan,
  comparison,
  drugTests,
  consultation,
  ownSunnePrincipals,
  ownMunkforsHealth,
]

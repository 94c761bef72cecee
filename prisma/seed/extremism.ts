// Hagfors's undertaking: violent extremism, and action plans that say concretely who does what.

import { assigned, commented, created, edited, moved, noted, prose, shared, withdrew, type StoryTask } from './story.ts'

const template: StoryTask = {
  number: 21,
  clause: 9,
  title: 'Mall för handlingsplan mot våldsbejakande extremism',
  description: prose`
    En mall som varje kommun fyller i och beslutar om själv. Den ska gå att läsa på en kvart och svara på frågan *vad gör jag nu?*

    ## Avsnitt

    1. Syfte och begrepp, en halv sida
    2. **Lokal lägesbild** (obligatorisk)
    3. Förebyggande arbete på tre nivåer: alla, riskgrupper, enskilda
    4. Ansvar: funktion för funktion
    5. Stöd till anhöriga
    6. Utbildning och övning
    7. Aktiviteter med datum
    8. Uppföljning och revidering

    ## Uppgifter på första sidan

    Beslutad av, paragraf, giltig till och med, ansvarig för revidering, diarienummer.

    ## Hör inte hemma i planen

    Bedömningar av enskilda, och Polisens bedömningar av grupper. Det som behövs därifrån hanteras i en annan kanal.
  `,
  party: 'H',
  audience: 'JOINT',
  state: 'DELIVERED',
  due: 9,
  responsible: ['H'],
  assignees: ['hilda'],
  initially: {
    title: 'Mall för handlingsplan',
    description: prose`
      Utkast till avsnitt:

      1. Syfte
      2. Lägesbild
      3. Förebyggande arbete
      4. Ansvar
      5. Aktiviteter
      6. Uppföljning
    `,
    due: -20,
  },
  history: [
    created(-102, '10:50', 'hilda'),
    commented(
      -99,
      '08:30',
      'henning',
      1,
      'Ta med anhöriga som eget avsnitt. Det är de som ringer först, och då vet växeln inte vart samtalet ska.',
    ),
    edited(-98, '13:15', 'hilda', { title: 'Mall för handlingsplan mot våldsbejakande extremism' }),
    shared(-93, '09:00', 'hilda', 'JOINT'),
    moved(-91, '10:20', 'hilda', 'ONGOING'),
    commented(
      -90,
      '14:10',
      'tuva',
      2,
      'Många kommunala planer bygger på den nationella lägesbilden och säger nästan inget lokalt. Kan mallen *kräva* ett lokalt avsnitt?',
    ),
    commented(-90, '15:02', 'hilda', 3, 'Ja. Jag gör avsnitt 2 obligatoriskt. Är det tomt går planen inte till beslut.'),
    commented(-82, '08:15', 'pia', 4, 'Bra, men vi behöver komma överens om vad som får stå där. En plan är en allmän handling.'),
    edited(-69, '11:40', 'hilda', {
      description: prose`
        En mall som varje kommun fyller i och beslutar om själv. Den ska gå att läsa på en kvart och svara på frågan *vad gör jag nu?*

        ## Avsnitt

        1. Syfte och begrepp, en halv sida
        2. **Lokal lägesbild** (obligatorisk)
        3. Förebyggande arbete på tre nivåer: alla, riskgrupper, enskilda
        4. Ansvar: funktion för funktion
        5. Stöd till anhöriga
        6. Utbildning och övning
        7. Aktiviteter med datum
        8. Uppföljning och revidering

        ## Uppgifter på första sidan

        Beslutad av, paragraf, giltig till och med, ansvarig för revidering, diarienummer.

        ## Hör inte hemma i planen

        Bedömningar av enskilda, och Polisens bedömningar av grupper. Det som behövs därifrån hanteras i en annan kanal.
      `,
    }),
    commented(
      -67,
      '09:28',
      'saga',
      5,
      'Nu känns den användbar. En fråga: ”riskgrupper” i avsnitt 3, kan vi säga ”dem som behöver mer stöd”?',
    ),
    commented(
      -67,
      '13:00',
      'henning',
      6,
      'Jag vill ha kvar något som visar att det är en egen nivå. ”Grupper med ökad risk” är ordet i vägledningarna.',
    ),
    commented(-66, '08:42', 'saga', 7, 'Okej för oss.'),
    edited(-37, '11:10', 'hilda', { due: 9 }),
    moved(-16, '11:20', 'hilda', 'DELIVERED'),
    commented(-16, '11:24', 'hilda', 8, 'Arbetsgruppen är klar. Styrgruppen beslutar om mallen på nästa möte.'),
  ],
}

const localPicture: StoryTask = {
  number: 22,
  title: 'Ett lokalt avsnitt i varje plan, inte bara det nationella',
  description: prose`
    Den nationella lägesbilden säger inte vad som händer i en kommun med nio tusen invånare. Varje kommun skriver en till två sidor om sitt eget läge.

    ## Frågor att besvara

    - Vad har vi själva sett det senaste året? Klotter, flygblad, affischer, möten i lokaler som vi äger.
    - Var möter vi unga på nätet, och vem hos oss har den kunskapen?
    - Vilka verksamheter har ställt frågor om hur de ska göra?
    - Vad vet vi *inte*?

    ## Läget

    - [x] Hagfors
    - [x] Sunne
    - [ ] Torsby
    - [ ] Munkfors
  `,
  party: 'H',
  audience: 'JOINT',
  state: 'ONGOING',
  due: 20,
  responsible: ['S', 'T', 'H', 'M'],
  assignees: ['hilda', 'saga', 'torbjorn', 'maj'],
  initially: {
    description: prose`
      Varje kommun skriver en till två sidor om sitt eget läge, som komplement till den nationella lägesbilden.

      - [ ] Hagfors
      - [ ] Sunne
      - [ ] Torsby
      - [ ] Munkfors
    `,
  },
  history: [
    created(-65, '10:05', 'hilda'),
    shared(-63, '08:50', 'hilda', 'JOINT'),
    assigned(-58, '13:20', 'hilda', { responsible: ['S', 'T', 'H', 'M'], assignees: ['hilda', 'saga', 'torbjorn', 'maj'] }),
    moved(-56, '09:10', 'hilda', 'ONGOING'),
    commented(-55, '08:45', 'maj', 1, 'Ärligt talat: vi har inget att skriva. Är det i sig ett svar?'),
    commented(
      -55,
      '10:30',
      'pia',
      2,
      'Ja, om det står *hur* ni vet det. ”Vi har inte sett något” och ”vi har inte tittat” är två helt olika lägesbilder.',
    ),
    edited(-54, '14:00', 'hilda', {
      description: prose`
        Den nationella lägesbilden säger inte vad som händer i en kommun med nio tusen invånare. Varje kommun skriver en till två sidor om sitt eget läge.

        ## Frågor att besvara

        - Vad har vi själva sett det senaste året? Klotter, flygblad, affischer, möten i lokaler som vi äger.
        - Var möter vi unga på nätet, och vem hos oss har den kunskapen?
        - Vilka verksamheter har ställt frågor om hur de ska göra?
        - Vad vet vi *inte*?

        ## Läget

        - [x] Hagfors
        - [ ] Sunne
        - [ ] Torsby
        - [ ] Munkfors
      `,
    }),
    commented(-38, '15:20', 'sixten', 3, 'Biblioteket och fritidsgården hade mer att berätta än skolan. Fråga dem.'),
    edited(-23, '10:35', 'saga', {
      description: prose`
        Den nationella lägesbilden säger inte vad som händer i en kommun med nio tusen invånare. Varje kommun skriver en till två sidor om sitt eget läge.

        ## Frågor att besvara

        - Vad har vi själva sett det senaste året? Klotter, flygblad, affischer, möten i lokaler som vi äger.
        - Var möter vi unga på nätet, och vem hos oss har den kunskapen?
        - Vilka verksamheter har ställt frågor om hur de ska göra?
        - Vad vet vi *inte*?

        ## Läget

        - [x] Hagfors
        - [x] Sunne
        - [ ] Torsby
        - [ ] Munkfors
      `,
    }),
    noted(
      -20,
      '09:55',
      'maj',
      4,
      'Moa, kan du fråga elevhälsan vad de fångar upp om nätet? Bara i stora drag, inga enskilda elever. Jag vill inte att det står ”inget känt” om vi inte har frågat.',
    ),
    noted(-19, '12:40', 'moa', 5, 'Jag tar det på elevhälsoteamet nästa vecka.'),
    commented(-7, '13:18', 'torbjorn', 6, 'Vår text är på internremiss hos fritid och skola. Den kommer i tid.'),
  ],
}

const responsibilities: StoryTask = {
  number: 23,
  title: 'Ansvar: funktion för funktion',
  description: prose`
    Planen ska säga vem som gör vad, med funktion och inte med namn. Namn blir gamla på ett år.

    ## Frågor som måste ha ett svar

    - [x] En lärare blir orolig för en elev. Vem ringer hen?
    - [x] En förening vill hyra en lokal och något känns fel. Vem bestämmer?
    - [x] En anhörig ringer växeln.
    - [ ] En anställd får hot efter att ha sagt nej.
    - [ ] Någon återvänder till kommunen efter ett fängelsestraff.

    ## Kontaktkort

    Ett kort per kommun: funktion, telefon dagtid, telefon kvällar och helger. Ska rymmas på en sida och gå att sätta upp i personalrummet.
  `,
  party: 'H',
  audience: 'JOINT',
  state: 'ONGOING',
  due: 11,
  responsible: ['H', 'P'],
  assignees: ['henning', 'pontus'],
  initially: {
    description: prose`
      Planen ska säga vem som gör vad, med funktion och inte med namn. Namn blir gamla på ett år.

      - [ ] En lärare blir orolig för en elev. Vem ringer hen?
      - [ ] En förening vill hyra en lokal och något känns fel. Vem bestämmer?
      - [ ] En anhörig ringer växeln.
      - [ ] En anställd får hot efter att ha sagt nej.
    `,
  },
  history: [
    created(-77, '11:15', 'henning'),
    assigned(-77, '11:20', 'henning', { assignees: ['henning', 'hilda'] }),
    shared(-72, '14:05', 'hilda', 'JOINT'),
    moved(-71, '08:55', 'henning', 'ONGOING'),
    commented(
      -70,
      '10:45',
      'pontus',
      1,
      'Lägg till någon som kommer tillbaka efter ett straff. Där brukar frivård, socialtjänst och vi vänta på varandra.',
    ),
    commented(-70, '13:22', 'henning', 2, 'Tillagt. Vill du ta första utkastet till just den rutan?'),
    commented(-69, '07:58', 'pontus', 3, 'Ja, det gör jag.'),
    assigned(-68, '09:05', 'hilda', { responsible: ['H', 'P'], assignees: ['henning', 'pontus'] }),
    edited(-45, '15:10', 'henning', {
      description: prose`
        Planen ska säga vem som gör vad, med funktion och inte med namn. Namn blir gamla på ett år.

        ## Frågor som måste ha ett svar

        - [x] En lärare blir orolig för en elev. Vem ringer hen?
        - [x] En förening vill hyra en lokal och något känns fel. Vem bestämmer?
        - [x] En anhörig ringer växeln.
        - [ ] En anställd får hot efter att ha sagt nej.
        - [ ] Någon återvänder till kommunen efter ett fängelsestraff.

        ## Kontaktkort

        Ett kort per kommun: funktion, telefon dagtid, telefon kvällar och helger. Ska rymmas på en sida och gå att sätta upp i personalrummet.
      `,
    }),
    commented(
      -31,
      '16:00',
      'torbjorn',
      4,
      'Vi har ingen självklar funktion för lokaluthyrningen. I dag är det den som råkar svara på bokningen.',
    ),
    commented(-30, '08:36', 'henning', 5, 'Då har matrisen redan gjort nytta.'),
    noted(
      -13,
      '07:45',
      'pontus',
      6,
      'Rutan om återvändare: jag vill stämma av med frivården innan jag skriver. Utkastet kommer därför senare än jag har sagt, säg gärna det om någon frågar.',
    ),
  ],
}

const training: StoryTask = {
  number: 24,
  title: 'Utbildning för skola, fritid och socialtjänst',
  description: prose`
    En halvdag i varje kommun, samma innehåll och samma lärare. Målet är att den som blir orolig vet vem hen ska ringa och vågar göra det.

    - [ ] Innehåll: kännetecken utan att peka ut, samtal, kontaktkortet
    - [ ] Föreläsare
    - [ ] Fyra datum som inte krockar med nationella prov
    - [ ] Hur vet vi om det gav något? Tre frågor före, tre frågor efter
  `,
  party: 'H',
  audience: 'JOINT',
  state: 'GIVEN',
  due: 62,
  responsible: ['H', 'S', 'T', 'M'],
  assignees: ['henning'],
  history: [
    created(-36, '10:10', 'henning'),
    shared(-34, '09:15', 'hilda', 'JOINT'),
    assigned(-34, '09:20', 'hilda', { responsible: ['H', 'S', 'T', 'M'] }),
    commented(-33, '13:50', 'moa', 1, 'En halvdag är mycket att få loss för en skola. Går det att dela på två eftermiddagar?'),
    commented(-32, '10:40', 'henning', 2, 'Två gånger nittio minuter går bra. Då hinner man prova samtalen däremellan.'),
    commented(-15, '14:22', 'sixten', 3, 'Fritidsledarna jobbar kväll. Räkna med ett tillfälle dagtid och ett klockan tre.'),
    noted(
      -14,
      '09:05',
      'hilda',
      4,
      'Henning: vi har pengar till två föreläsningstillfällen i årets budget, inte fyra. Lova inte datum till de andra förrän jag har hört om det finns statsbidrag att söka.',
    ),
  ],
}

const exercise: StoryTask = {
  number: 25,
  title: 'Scenarioövning: planen prövas på en förmiddag',
  description: prose`
    Innan planen går till beslut vill vi se om den håller. Ett påhittat scenario, tre inspel, sex funktioner runt bordet.

    ## Inspel

    1. Klotter med symboler på en skola, upptäckt en söndag
    2. En rektor får ett mejl från en journalist
    3. Bokningen av en lokal stämmer inte med det som annonseras

    Efteråt skriver vi ned tre saker som fungerade och tre som inte gjorde det. Inget om vem som svarade fel.
  `,
  party: 'H',
  audience: ['P'],
  state: 'GIVEN',
  due: 28,
  responsible: ['H', 'P'],
  assignees: ['hilda', 'pia'],
  history: [
    created(-28, '15:30', 'hilda'),
    shared(-22, '09:45', 'hilda', ['P']),
    assigned(-21, '08:10', 'hilda', { responsible: ['H', 'P'], assignees: ['hilda', 'pia'] }),
    commented(-21, '09:02', 'pia', 1, 'Gärna. Vi behöver bara vara överens om att scenariot inte liknar något verkligt ärende.'),
    commented(
      -20,
      '10:18',
      'hilda',
      2,
      'Självklart. Jag skickar inspelen till dig först, och du stryker det som ligger för nära.',
    ),
    commented(-10, '13:33', 'pia', 3, 'Läst. Byt ut inspel 3 mot något som inte går att koppla till en förening.'),
    commented(-10, '13:41', 'hilda', 4, 'Skriv gärna själv in ett förslag här'),
    withdrew(-10, '13:42', 'hilda', 4),
    commented(
      -9,
      '08:25',
      'hilda',
      5,
      'Jag gör ett nytt inspel 3: en annons på nätet med kommunens logotyp. Säg till om det fungerar.',
    ),
  ],
}

const ownHagforsOwner: StoryTask = {
  number: 26,
  title: 'Internt: vem äger planen hos oss?',
  description: prose`
    Mallen säger ”ansvarig för revidering”. Hos oss är det oklart. **Endast för Hagfors.**

    - **Kommunledningen:** samlat grepp, men ingen som har tid att hålla i det löpande.
    - **Socialtjänsten:** har kunskapen, men planen riskerar att bli en fråga bara för dem.
    - **Räddning och säkerhet:** har vanan att öva, men inte kontakten med skolan.

    Mitt förslag är kommunledningen med socialtjänsten som stöd, och tio procent tjänst avsatt. Behöver förankras i ledningsgruppen innan mallen beslutas.
  `,
  party: 'H',
  audience: 'OWN',
  state: 'ONGOING',
  due: 1,
  responsible: ['H'],
  assignees: ['hilda', 'henning'],
  history: [
    created(-29, '08:05', 'hilda'),
    assigned(-29, '08:08', 'hilda', { assignees: ['hilda', 'henning'] }),
    moved(-25, '13:00', 'hilda', 'ONGOING'),
    commented(-24, '10:35', 'henning', 1, 'Tio procent låter lite. Bara kontaktkorten ska ses över varje kvartal.'),
    commented(-8, '15:45', 'hilda', 2, 'Ledningsgruppen tar upp det i morgon. Jag säger tio och hoppas på femton.'),
    commented(-6, '08:10', 'hilda', 3, 'Bordlagt en vecka. Ekonomichefen vill se det tillsammans med övriga säkerhetsfrågor.'),
  ],
}

const ownHagforsLetter: StoryTask = {
  number: 27,
  title: 'Utkast: tjänsteskrivelse om handlingsplanen',
  description: prose`
    ## Förslag till beslut

    Kommunstyrelsen antar handlingsplan mot våldsbejakande extremism att gälla i två år.

    ## Ärendet

    Kommunen har inom samverkansavtalet haft uppdraget att ta fram en mall. Planen följer mallen och innehåller ett lokalt avsnitt.

    ## Ekonomi

    *Väntar på besked om tjänst, se den interna uppgiften.*

    ## Barnkonsekvenser

    *Skrivs när utbildningsdelen är klar.*
  `,
  party: 'H',
  audience: 'OWN',
  state: 'GIVEN',
  due: 24,
  responsible: ['H'],
  assignees: ['hilda'],
  history: [
    created(-17, '14:00', 'hilda'),
    commented(-16, '16:15', 'henning', 1, 'Glöm inte att ange att vi har hört ungdomsrådet. Det brukar vara första frågan.'),
  ],
}

export const extremism: StoryTask[] = [
  template,
  localPicture,
  responsibilities,
  training,
  exercise,
  ownHagforsOwner,
  ownHagforsLetter,
]

// Torsby's undertaking: a way of working, and indicators for the long and the short term.

import { archived, assigned, commented, created, edited, moved, noted, prose, reworded, shared, type StoryTask } from './story.ts'

const method: StoryTask = {
  number: 11,
  clause: 8,
  title: 'Arbetssätt för att ta fram indikatorer',
  description: prose`
    Förslag till hur vi gemensamt tar fram, beslutar och följer indikatorer i det brottsförebyggande arbetet.

    ## Steg

    1. **Börja i problemet.** Ingen indikator utan ett problem i lägesbilden och en orsak som vi vill påverka.
    2. **Föreslå.** En sida per indikator: definition, källa, begränsningar, hur ofta den uppdateras och vem som läser av den.
    3. **Pröva.** Finns värden för alla fyra kommunerna? Är talen så små att de inte säger något?
    4. **Besluta.** Styrgruppen beslutar. En ändrad definition är en ny indikator.
    5. **Läs av.** Kortsiktiga varje kvartal, långsiktiga en gång om året.
    6. **Avsluta.** En indikator som ingen har använt på två år tas bort.

    ## Vi lovar varandra

    - Ingen rangordning av kommunerna utåt.
    - Saknas ett värde skriver vi ”saknas”, inte noll.
    - Kommentaren är lika viktig som siffran.
  `,
  party: 'T',
  audience: 'JOINT',
  state: 'APPROVED',
  due: -64,
  responsible: ['T'],
  assignees: ['torbjorn', 'tuva'],
  initially: {
    description: prose`
      Förslag till hur vi gemensamt tar fram, beslutar och följer indikatorer.

      1. Börja i problemet
      2. Föreslå
      3. Pröva
      4. Besluta
      5. Läs av
    `,
  },
  history: [
    created(-103, '09:12', 'torbjorn'),
    assigned(-103, '09:15', 'torbjorn', { assignees: ['torbjorn', 'tuva'] }),
    shared(-100, '09:40', 'torbjorn', 'JOINT'),
    moved(-99, '08:25', 'tuva', 'ONGOING'),
    commented(
      -96,
      '10:30',
      'saga',
      1,
      'Bra stomme. Lägg till hur vi blir av med indikatorer också, annars sitter vi med fyrtio stycken om tre år.',
    ),
    commented(
      -95,
      '13:20',
      'pia',
      2,
      'Viktigt för oss att anmälda brott inte används som mått på trygghet. Fler anmälningar kan betyda att vi har lyckats.',
    ),
    commented(-95, '14:05', 'tuva', 3, 'Håller med. Jag tar in det under steg 3 och i ordlistan.'),
    edited(-90, '11:00', 'tuva', {
      description: prose`
        Förslag till hur vi gemensamt tar fram, beslutar och följer indikatorer i det brottsförebyggande arbetet.

        ## Steg

        1. **Börja i problemet.** Ingen indikator utan ett problem i lägesbilden och en orsak som vi vill påverka.
        2. **Föreslå.** En sida per indikator: definition, källa, begränsningar, hur ofta den uppdateras och vem som läser av den.
        3. **Pröva.** Finns värden för alla fyra kommunerna? Är talen så små att de inte säger något?
        4. **Besluta.** Styrgruppen beslutar. En ändrad definition är en ny indikator.
        5. **Läs av.** Kortsiktiga varje kvartal, långsiktiga en gång om året.
        6. **Avsluta.** En indikator som ingen har använt på två år tas bort.

        ## Vi lovar varandra

        - Ingen rangordning av kommunerna utåt.
        - Saknas ett värde skriver vi ”saknas”, inte noll.
        - Kommentaren är lika viktig som siffran.
      `,
    }),
    commented(
      -86,
      '09:18',
      'maj',
      4,
      '”Ingen rangordning utåt” är det som gör att jag kan rekommendera det här hemma. Vi är minst, och ett enda ärende flyttar oss från bäst till sämst.',
    ),
    moved(-79, '11:30', 'torbjorn', 'DELIVERED'),
    commented(-78, '15:10', 'hilda', 5, 'Inga invändningar från oss.'),
    noted(
      -70,
      '10:25',
      'torbjorn',
      6,
      'Tuva: räkna inte med att styrgruppen läser steg för steg. Gör en bild med de sex rutorna.',
    ),
    moved(-62, '15:40', 'torbjorn', 'APPROVED'),
    commented(-62, '15:44', 'torbjorn', 7, 'Godkänt av styrgruppen. Tack för att ni drev på om steg 6.'),
  ],
}

const longTerm: StoryTask = {
  number: 12,
  clause: 8,
  title: 'Långsiktiga indikatorer: förslag till urval',
  description: prose`
    Högst åtta indikatorer som visar om det blir bättre på tre års sikt eller mer.

    ## Föreslås

    - **Anmälda våldsbrott** per 100 000 invånare (Kolada)
    - **Anmäld skadegörelse** per 1 000 invånare (Kolada)
    - **Anmälda stölder** per 1 000 invånare (Kolada)
    - **Behörighet till yrkesprogram** i årskurs 9, andel i procent (Kolada)
    - **Otrygghet vid utevistelse sent på kvällen** i lokalpolisområdet (Nationella trygghetsundersökningen, Brå)
    - **Har använt narkotika någon gång**, årskurs 9 och gymnasiets år 2 (skolundersökning)

    ## Prövas vidare

    - Ungdomar 15–17 år som har lagförts för brott. *Risk för små tal i alla fyra kommunerna.*

    ## Begränsningar som ska stå på varje sida

    - Kolada kan ändra värden i efterhand. Vi sparar både det gamla och det nya.
    - Trygghetsundersökningen finns för lokalpolisområdet, inte för varje kommun.
    - Två av måtten har avbrott i tidsserien. Det ska synas i diagrammet.

    ## Kvar

    - [x] Kontrollera nyckeltalens definitioner i Kolada
    - [x] Hämta värden för tio år
    - [ ] Enas om skolundersökningen
    - [ ] Underlag till styrgruppen
  `,
  party: 'T',
  audience: 'JOINT',
  state: 'ONGOING',
  due: 2,
  responsible: ['T'],
  assignees: ['tuva', 'torbjorn'],
  initially: {
    title: 'Långsiktiga indikatorer',
    description: prose`
      Högst åtta indikatorer som visar om det blir bättre på tre års sikt eller mer.

      - Anmälda våldsbrott
      - Anmäld skadegörelse
      - Anmälda stölder
      - Behörighet till gymnasiet
      - Trygghet enligt Nationella trygghetsundersökningen
    `,
    due: -10,
  },
  history: [
    created(-66, '13:05', 'tuva'),
    assigned(-66, '13:07', 'tuva', { assignees: ['tuva', 'torbjorn'] }),
    shared(-58, '09:10', 'torbjorn', 'JOINT'),
    moved(-57, '09:45', 'tuva', 'ONGOING'),
    commented(
      -56,
      '14:20',
      'sixten',
      1,
      'Ta behörighet till yrkesprogram och inte till gymnasiet i stort. Det är det måttet som finns på samma sätt för alla fyra.',
    ),
    commented(
      -55,
      '10:10',
      'pontus',
      2,
      'Våldsbrott räknas efter var brottet begicks. En stor sommarfestival syns, även om ingen av er egna invånare var inblandad.',
    ),
    commented(-55, '11:28', 'tuva', 3, 'Bra. Det får stå under begränsningar, och jag märker ut sådana år i diagrammet.'),
    edited(-44, '15:35', 'tuva', {
      title: 'Långsiktiga indikatorer: förslag till urval',
      description: prose`
        Högst åtta indikatorer som visar om det blir bättre på tre års sikt eller mer.

        ## Föreslås

        - **Anmälda våldsbrott** per 100 000 invånare (Kolada)
        - **Anmäld skadegörelse** per 1 000 invånare (Kolada)
        - **Anmälda stölder** per 1 000 invånare (Kolada)
        - **Behörighet till yrkesprogram** i årskurs 9, andel i procent (Kolada)
        - **Otrygghet vid utevistelse sent på kvällen** i lokalpolisområdet (Nationella trygghetsundersökningen, Brå)

        ## Prövas vidare

        - Ungdomar 15–17 år som har lagförts för brott. *Risk för små tal i alla fyra kommunerna.*
        - Narkotikavanor bland elever

        ## Kvar

        - [ ] Kontrollera nyckeltalens definitioner i Kolada
        - [ ] Hämta värden för tio år
        - [ ] Underlag till styrgruppen
      `,
    }),
    commented(
      -43,
      '08:50',
      'henning',
      4,
      'Jag skulle stryka lagförda ungdomar. I en kommun av vår storlek handlar det vissa år om färre än fem personer, och då är det inte längre statistik.',
    ),
    commented(-43, '09:35', 'maj', 5, 'Instämmer. Det finns ingen formulering som gör den siffran ofarlig hos oss.'),
    commented(-42, '13:48', 'torbjorn', 6, 'Vi flyttar den till ”prövas vidare” och tar den inte till styrgruppen.'),
    edited(-18, '10:15', 'torbjorn', { due: 2 }),
    edited(-13, '14:50', 'tuva', {
      description: prose`
        Högst åtta indikatorer som visar om det blir bättre på tre års sikt eller mer.

        ## Föreslås

        - **Anmälda våldsbrott** per 100 000 invånare (Kolada)
        - **Anmäld skadegörelse** per 1 000 invånare (Kolada)
        - **Anmälda stölder** per 1 000 invånare (Kolada)
        - **Behörighet till yrkesprogram** i årskurs 9, andel i procent (Kolada)
        - **Otrygghet vid utevistelse sent på kvällen** i lokalpolisområdet (Nationella trygghetsundersökningen, Brå)
        - **Har använt narkotika någon gång**, årskurs 9 och gymnasiets år 2 (skolundersökning)

        ## Prövas vidare

        - Ungdomar 15–17 år som har lagförts för brott. *Risk för små tal i alla fyra kommunerna.*

        ## Begränsningar som ska stå på varje sida

        - Kolada kan ändra värden i efterhand. Vi sparar både det gamla och det nya.
        - Trygghetsundersökningen finns för lokalpolisområdet, inte för varje kommun.
        - Två av måtten har avbrott i tidsserien. Det ska synas i diagrammet.

        ## Kvar

        - [x] Kontrollera nyckeltalens definitioner i Kolada
        - [x] Hämta värden för tio år
        - [ ] Enas om skolundersökningen
        - [ ] Underlag till styrgruppen
      `,
    }),
    commented(
      -12,
      '09:22',
      'maj',
      7,
      'Alla fyra gör inte samma skolundersökning. Kan vi åtminstone enas om att ställa två frågor med samma ordalydelse?',
    ),
    commented(-6, '15:33', 'saga', 8, 'Vi kan lägga till de två frågorna i vår. Skicka ordalydelsen så tar jag den med skolan.'),
    noted(
      -2,
      '14:40',
      'tuva',
      9,
      'Torbjörn, om skolundersökningen inte är löst i morgon föreslår jag att vi går till styrgruppen med fem indikatorer och säger varför. Bättre än en sjätte som faller.',
    ),
  ],
}

const shortTerm: StoryTask = {
  number: 13,
  clause: 8,
  title: 'Kortsiktiga indikatorer: vad vi kan följa varje kvartal',
  description: prose`
    De kortsiktiga indikatorerna mäter om vi gör det vi har sagt. De ska gå att läsa av utan extra arbete.

    ## Kandidater

    - Andel åtgärder som har startat i tid
    - Antal EST-rapporter, och hur många som fick svar inom en vecka
    - Trygghetsvandringar, och hur många brister som är åtgärdade efter tre månader
    - Andel personal i skola och fritid som har gått utbildningen
    - Antal skolor där ANDT-policyn är genomgången med eleverna under läsåret

    ## Osäkra

    - Antal möten. *Lätt att räkna, säger ingenting.*

    ## Kvar

    - [ ] Vem läser av, i vilken kommun, vilken vecka?
    - [ ] Prova ett kvartal utan att visa upp det
  `,
  party: 'T',
  audience: 'JOINT',
  state: 'ONGOING',
  due: -9,
  responsible: ['T', 'S'],
  assignees: ['tuva', 'sixten'],
  history: [
    created(-64, '10:20', 'tuva'),
    shared(-58, '09:12', 'torbjorn', 'JOINT'),
    moved(-47, '11:05', 'tuva', 'ONGOING'),
    commented(
      -46,
      '08:37',
      'hilda',
      1,
      'Kan ni lägga till hur många av åtgärderna som faktiskt hör till en orsak i lägesbilden? Den siffran skulle göra ont, men vara nyttig.',
    ),
    commented(-46, '10:02', 'tuva', 2, 'Den sparar jag. Bra tanke när alla fyra har en åtgärdsplan att räkna på.'),
    commented(
      -40,
      '14:15',
      'sixten',
      3,
      'Jag kan ta fram hur skolorna skulle läsa av de två sista. Rektorerna vill inte ha ännu en enkät.',
    ),
    assigned(-39, '09:30', 'tuva', { responsible: ['T', 'S'], assignees: ['tuva', 'sixten'] }),
    commented(
      -25,
      '13:40',
      'pia',
      4,
      'Trygghetsvandringar: räkna inte vandringarna utan bristerna som blev lagade. Annars går vi promenader för statistikens skull.',
    ),
    noted(
      -17,
      '09:05',
      'sixten',
      5,
      'Siffran för genomgången ANDT-policy finns inte i något system hos oss. I dagsläget måste jag ringa varje skola. Säg till om du ser en annan väg, Saga.',
    ),
    noted(-17, '10:31', 'saga', 6, 'Lägg in det som en fråga i rektorernas kvalitetsrapport i stället.'),
    commented(
      -8,
      '11:12',
      'torbjorn',
      7,
      'Vi är sena. Det som saknas är vem som läser av. Jag tar upp det först på dagordningen på nästa arbetsgrupp.',
    ),
  ],
}

const ownSurvey: StoryTask = {
  number: 14,
  title: 'Egen trygghetsenkät i de fyra kommunerna',
  description: prose`
    Idé: en gemensam enkät till 1 500 invånare i varje kommun, för att få värden på kommunnivå.

    ## Lades ned därför att

    - Kostnaden inte står i proportion till nyttan.
    - Svaren ändå blir för få för att delas upp på ålder eller ort.
    - Nationella trygghetsundersökningen redan finns för lokalpolisområdet.
  `,
  party: 'T',
  audience: 'JOINT',
  state: 'GIVEN',
  archived: true,
  due: null,
  responsible: ['T'],
  assignees: ['tuva'],
  initially: { description: 'Idé: en gemensam enkät till 1 500 invånare i varje kommun, för att få värden på kommunnivå.' },
  history: [
    created(-92, '14:00', 'tuva'),
    shared(-90, '09:25', 'torbjorn', 'JOINT'),
    commented(-89, '10:15', 'saga', 1, 'Vad skulle den kosta? Och vem analyserar svaren?'),
    commented(
      -88,
      '08:44',
      'pontus',
      2,
      'Kolla först vad som går att få ut ur trygghetsundersökningen. Den finns på lokalpolisområdesnivå sedan 2017.',
    ),
    commented(
      -75,
      '13:30',
      'tuva',
      3,
      'Jag har räknat: omkring 400 000 kronor, och felmarginalen blir större än skillnaderna vi vill se. Jag föreslår att vi lägger ned idén.',
    ),
    edited(-74, '09:00', 'tuva', {
      description: prose`
        Idé: en gemensam enkät till 1 500 invånare i varje kommun, för att få värden på kommunnivå.

        ## Lades ned därför att

        - Kostnaden inte står i proportion till nyttan.
        - Svaren ändå blir för få för att delas upp på ålder eller ort.
        - Nationella trygghetsundersökningen redan finns för lokalpolisområdet.
      `,
    }),
    archived(-58, '11:40', 'torbjorn'),
  ],
}

const ownTorsbyHours: StoryTask = {
  number: 15,
  title: 'Internt: utredartid för indikatorerna',
  description: prose`
    Uppdraget att ta fram indikatorer ligger på oss. **Bedömning för Torsby, ska inte delas.**

    - Hittills: omkring 120 timmar utredartid, mot 80 i planen.
    - Kvar: avläsning varje kvartal, ungefär två dagar åt gången om de andra levererar i tid.
    - Om avläsningen blir kvar hos oss utan ersättning tränger den undan uppföljningen av äldreomsorgsplanen.

    ## Linje inför styrgruppen

    Vi tar ansvar för metoden. Avläsningen ska gå runt mellan kommunerna, ett år i taget.
  `,
  party: 'T',
  audience: 'OWN',
  state: 'GIVEN',
  due: 4,
  responsible: ['T'],
  assignees: ['torbjorn'],
  initially: { due: 9 },
  history: [
    created(-15, '16:10', 'torbjorn'),
    commented(
      -11,
      '08:20',
      'tuva',
      1,
      'Timmarna stämmer. Lägg till att jag är ledig tre veckor när andra avläsningen ska göras.',
    ),
    edited(-10, '09:50', 'torbjorn', { due: 4 }),
    commented(-10, '09:52', 'torbjorn', 2, 'Noterat. Jag vill ha linjen klar innan utskicket går.'),
  ],
}

const ownTorsbyOverlap: StoryTask = {
  number: 16,
  title: 'Utkast: mått som våra nämnder redan redovisar',
  description: prose`
    För att inte be samma enhet om samma siffra två gånger.

    - **Barn- och utbildningsnämnden:** behörighet, frånvaro, trygghet i skolan enligt elevenkäten
    - **Socialnämnden:** antal orosanmälningar per kvartal (lämnas inte vidare, små tal)
    - **Tekniska:** kostnad för skadegörelse på kommunens fastigheter

    Elevenkäten är intressant. Frågorna ändrades i fjol, så det går inte att jämföra bakåt.
  `,
  party: 'T',
  audience: 'OWN',
  state: 'ONGOING',
  due: null,
  responsible: ['T'],
  assignees: ['tuva'],
  history: [
    created(-51, '13:55', 'tuva'),
    moved(-45, '10:00', 'tuva', 'ONGOING'),
    commented(
      -28,
      '14:35',
      'torbjorn',
      1,
      'Skadegörelse på fastigheter kan vi nog dela som kortsiktig indikator, men fråga tekniska chefen först.',
    ),
    commented(-27, '08:15', 'tuva', 2, 'Frågat. Svaret var ”inte före bokslutet”, så vi väntar.'),
    reworded(-27, '08:22', 'tuva', 2, 'Frågat. Tekniska vill vänta till efter bokslutet, så vi väntar.'),
  ],
}

export const indicators: StoryTask[] = [method, longTerm, shortTerm, ownSurvey, ownTorsbyHours, ownTorsbyOverlap]

// What the working group and the steering group do together: calendar, situation picture, EST, citizen pledges.

import { assigned, commented, created, edited, moved, noted, prose, shared, type StoryTask } from './story.ts'

const aboutTheExample: StoryTask = {
  number: 1,
  title: 'Läs först: om exempelinnehållet',
  description: prose`
    Allt innehåll i den här samlingen är **påhittat**. Det har vuxit fram ur en enda källa: nyheten om att Sunne, Torsby, Hagfors och Munkfors har skrivit ett samverkansavtal med Polisen.

    ## Hämtat ur nyheten

    - Torsby tar fram förslag till arbetssätt och indikatorer, långsiktiga och kortsiktiga.
    - Hagfors tittar på våldsbejakande extremism och lite mer konkreta handlingsplaner.
    - Sunne och Munkfors tar fram en ANDT-policy för skolorna som är så lika som möjligt.
    - Akutmottagning, polis och socialtjänst ska ha ett väl fungerande samarbete kring INTOX. Akutmottagningen i Torsby har en viktig roll.
    - Näringslivet behöver delta i det brottsförebyggande arbetet.

    ## Påhittat

    Personerna, diskussionerna, datumen, bedömningarna och utkasten. Inget av det säger något om vad parterna har gjort, tyckt eller beslutat. Region Värmland har inte skrivit under avtalet men finns med här som associerad part.

    ## Prova

    - [ ] Logga in som två olika parter i varsitt fönster och skriv en kommentar i det ena.
    - [ ] Leta efter den andra partens egna utkast. De ska inte gå att hitta.
    - [ ] Skriv en kommentar som bara din egen part ser.
  `,
  party: 'S',
  audience: 'JOINT',
  state: 'GIVEN',
  due: null,
  responsible: ['S'],
  assignees: ['saga'],
  history: [
    created(-104, '08:30', 'saga'),
    shared(-104, '08:41', 'saga', 'JOINT'),
    commented(-103, '10:12', 'pia', 1, 'Bra att det står överst. Då slipper vi frågan vid varje visning.'),
    commented(
      -60,
      '13:25',
      'hilda',
      2,
      'Jag använde den här när jag visade för kollegorna. Punkten om utkasten är den som övertygar.',
    ),
  ],
}

const yearWheel: StoryTask = {
  number: 2,
  clause: 14,
  title: 'Årshjul för arbetsgrupp och styrgrupp',
  description: prose`
    Ett gemensamt årshjul, så att det vi tar fram hinner till nämnder och styrelser i alla fyra kommunerna.

    ## Hållpunkter

    - **Arbetsgruppen** ses en gång i månaden, växelvis på de fem orterna och på distans.
    - **Styrgruppen** ses tre gånger om året. Underlag ska vara utskickat tio dagar före.
    - **Budgetunderlag** från kommunerna behöver vara klart före styrgruppens vårmöte.
    - **Uppföljning** enligt 6 § lagen (2023:196) om kommuners ansvar för brottsförebyggande arbete: minst vartannat år uppdateras lägesbilden och följs åtgärdsplanen upp. Varje kommun har sin egen dag.

    ## Klart när

    - [x] Fyra nämndkalendrar är inlagda
    - [x] Polisens verksamhetsplanering är inlagd
    - [x] Styrgruppen har godkänt
  `,
  party: 'H',
  audience: 'JOINT',
  state: 'APPROVED',
  due: -60,
  responsible: ['H'],
  assignees: ['hilda'],
  initially: {
    description: prose`
      Ett gemensamt årshjul, så att det vi tar fram hinner till nämnder och styrelser i alla fyra kommunerna.

      - [ ] Fyra nämndkalendrar är inlagda
      - [ ] Polisens verksamhetsplanering är inlagd
      - [ ] Styrgruppen har godkänt
    `,
  },
  history: [
    created(-101, '13:10', 'hilda'),
    shared(-100, '09:05', 'hilda', 'JOINT'),
    moved(-98, '10:40', 'hilda', 'ONGOING'),
    commented(
      -98,
      '11:02',
      'saga',
      1,
      'Vår kommunstyrelse har stopptid tre veckor före sammanträdet. Lägg gärna in stopptiderna och inte bara mötesdagarna.',
    ),
    commented(-97, '08:20', 'maj', 2, 'Samma här. Hos oss är det två veckor, men beredningen vill gärna se texten tidigare.'),
    commented(
      -96,
      '15:48',
      'pia',
      3,
      'Polisens verksamhetsplan sätts före årsskiftet. Det vi vill ha med där behöver jag i god tid, annars väntar det ett år.',
    ),
    edited(-88, '14:30', 'hilda', {
      description: prose`
        Ett gemensamt årshjul, så att det vi tar fram hinner till nämnder och styrelser i alla fyra kommunerna.

        ## Hållpunkter

        - **Arbetsgruppen** ses en gång i månaden, växelvis på de fem orterna och på distans.
        - **Styrgruppen** ses tre gånger om året. Underlag ska vara utskickat tio dagar före.
        - **Budgetunderlag** från kommunerna behöver vara klart före styrgruppens vårmöte.
        - **Uppföljning** enligt 6 § lagen (2023:196) om kommuners ansvar för brottsförebyggande arbete: minst vartannat år uppdateras lägesbilden och följs åtgärdsplanen upp. Varje kommun har sin egen dag.

        ## Klart när

        - [x] Fyra nämndkalendrar är inlagda
        - [x] Polisens verksamhetsplanering är inlagd
        - [ ] Styrgruppen har godkänt
      `,
    }),
    moved(-79, '11:15', 'hilda', 'DELIVERED'),
    commented(-79, '11:17', 'hilda', 4, 'Genomgånget i arbetsgruppen. Går till styrgruppen som punkt 3.'),
    edited(-62, '16:05', 'hilda', {
      description: prose`
        Ett gemensamt årshjul, så att det vi tar fram hinner till nämnder och styrelser i alla fyra kommunerna.

        ## Hållpunkter

        - **Arbetsgruppen** ses en gång i månaden, växelvis på de fem orterna och på distans.
        - **Styrgruppen** ses tre gånger om året. Underlag ska vara utskickat tio dagar före.
        - **Budgetunderlag** från kommunerna behöver vara klart före styrgruppens vårmöte.
        - **Uppföljning** enligt 6 § lagen (2023:196) om kommuners ansvar för brottsförebyggande arbete: minst vartannat år uppdateras lägesbilden och följs åtgärdsplanen upp. Varje kommun har sin egen dag.

        ## Klart när

        - [x] Fyra nämndkalendrar är inlagda
        - [x] Polisens verksamhetsplanering är inlagd
        - [x] Styrgruppen har godkänt
      `,
    }),
    moved(-62, '16:06', 'hilda', 'APPROVED'),
    commented(-61, '08:10', 'torbjorn', 5, 'Inlagt i vår kalender. Tack för att stopptiderna kom med.'),
  ],
}

const steeringPapers: StoryTask = {
  number: 3,
  title: 'Underlag till styrgruppens nästa möte',
  description: prose`
    Ett underlag på högst sex sidor. Varje punkt ska säga vad styrgruppen ska göra: besluta, ta ställning eller bara känna till.

    ## Punkter

    1. **Beslut:** långsiktiga indikatorer (Torsby)
    2. **Beslut:** mall för handlingsplan mot våldsbejakande extremism (Hagfors)
    3. **Ställningstagande:** ANDT-policyn, de avsnitt där Sunne och Munkfors skiljer sig åt
    4. **Information:** rutinen för INTOX, läget efter provperioden
    5. **Information:** näringslivsträffen

    ## Att göra

    - [x] Punkter beslutade i arbetsgruppen
    - [x] Underlag till punkt 2
    - [ ] Underlag till punkt 1
    - [ ] Underlag till punkt 3
    - [ ] En halv sida vardera till punkt 4 och 5
    - [ ] Utskick
  `,
  party: 'S',
  audience: 'JOINT',
  state: 'ONGOING',
  due: 3,
  responsible: ['S'],
  assignees: ['saga'],
  initially: {
    description: prose`
      Ett underlag på högst sex sidor. Varje punkt ska säga vad styrgruppen ska göra: besluta, ta ställning eller bara känna till.

      Lämna era punkter här före nästa arbetsgruppsmöte.
    `,
  },
  history: [
    created(-30, '09:20', 'saga'),
    shared(-30, '09:31', 'saga', 'JOINT'),
    commented(
      -29,
      '10:05',
      'torbjorn',
      1,
      'Vi vill ha beslut om de långsiktiga indikatorerna. De kortsiktiga hinner inte bli klara, de kan vi visa som arbetsmaterial.',
    ),
    commented(
      -29,
      '14:44',
      'hilda',
      2,
      'Mallen är klar för beslut. Jag föreslår att styrgruppen beslutar om mallen och att varje kommun beslutar om sin egen plan.',
    ),
    commented(
      -27,
      '08:55',
      'maj',
      3,
      'Ta med ANDT-policyn som ställningstagande. Vi behöver veta om fyra avvikelser är för många innan den går på remiss.',
    ),
    edited(-16, '15:20', 'saga', {
      description: prose`
        Ett underlag på högst sex sidor. Varje punkt ska säga vad styrgruppen ska göra: besluta, ta ställning eller bara känna till.

        ## Punkter

        1. **Beslut:** långsiktiga indikatorer (Torsby)
        2. **Beslut:** mall för handlingsplan mot våldsbejakande extremism (Hagfors)
        3. **Ställningstagande:** ANDT-policyn, de avsnitt där Sunne och Munkfors skiljer sig åt
        4. **Information:** rutinen för INTOX, läget efter provperioden
        5. **Information:** näringslivsträffen

        ## Att göra

        - [x] Punkter beslutade i arbetsgruppen
        - [x] Underlag till punkt 2
        - [ ] Underlag till punkt 1
        - [ ] Underlag till punkt 3
        - [ ] En halv sida vardera till punkt 4 och 5
        - [ ] Utskick
      `,
    }),
    moved(-16, '15:22', 'saga', 'ONGOING'),
    commented(
      -9,
      '11:30',
      'ragna',
      4,
      'Jag skriver halvsidan om INTOX-rutinen. Räcker det att vi beskriver vad som fungerade och vad som föll mellan stolarna, utan siffror?',
    ),
    commented(-9, '12:50', 'saga', 5, 'Det räcker gott. Siffror för så kort tid blir ändå för små för att visa.'),
    commented(-4, '09:15', 'pia', 6, 'Kan punkt 3 få tjugo minuter? Det är där det blir diskussion.'),
    noted(
      -3,
      '16:20',
      'saga',
      7,
      'Sixten: jag hinner inte skriva punkt 3 själv om utskicket ska hålla. Kan du ta den och låta mig läsa i morgon?',
    ),
    noted(-2, '08:05', 'sixten', 8, 'Jag tar den. Utgår från jämförelsen och håller mig till en sida.'),
  ],
}

const policePicture: StoryTask = {
  number: 4,
  clause: 21,
  title: 'Polisens lägesbild: en leverans, fyra kommuner',
  description: prose`
    Polisen tar fram lägesbilden för lokalpolisområdet en gång och lämnar samma material till alla fyra kommunerna. Varje kommun använder det i sin egen lägesbild enligt 4 § lagen (2023:196) om kommuners ansvar för brottsförebyggande arbete.

    ## Innehåll

    - Anmälda brott per kommun, med förklaring till större förändringar
    - Platser och tider där många händelser sker
    - Vad Polisen själv bedömer som viktigast det kommande året
    - Källor och begränsningar: mörkertal, små tal, ändrade brottskoder

    ## Utanför

    Uppgifter om enskilda, pågående ärenden och underrättelser. Sådant lämnas inte här.
  `,
  party: 'P',
  audience: 'JOINT',
  state: 'ONGOING',
  due: 8,
  responsible: ['P'],
  assignees: ['pia', 'pontus'],
  initially: { title: 'Polisens lägesbild till kommunerna', due: -15 },
  history: [
    created(-84, '07:50', 'pia'),
    edited(-83, '08:15', 'pia', { title: 'Polisens lägesbild: en leverans, fyra kommuner' }),
    shared(-79, '13:00', 'pia', 'JOINT'),
    assigned(-79, '13:04', 'pia', { assignees: ['pia', 'pontus'] }),
    moved(-72, '09:30', 'pontus', 'ONGOING'),
    commented(
      -71,
      '10:18',
      'tuva',
      1,
      'Vore det möjligt att få siffrorna i en tabell också, inte bara i löpande text? Då slipper fyra personer skriva av dem.',
    ),
    commented(
      -70,
      '07:40',
      'pontus',
      2,
      'Ja. En fil med en rad per kommun och kvartal. Där det finns färre än fem händelser skriver jag det i ord i stället för en siffra.',
    ),
    commented(
      -70,
      '09:02',
      'henning',
      3,
      'Bra. I en liten kommun räcker det med tre anmälningar för att någon ska förstå vem det handlar om.',
    ),
    commented(
      -55,
      '15:15',
      'torbjorn',
      4,
      'Kan ni skilja på brottsplats och var den misstänkte bor? För oss är det helt olika frågor.',
    ),
    commented(-54, '08:33', 'pia', 5, 'Allt i den här leveransen är brottsplats. Jag skriver det i inledningen.'),
    noted(
      -33,
      '14:10',
      'pontus',
      6,
      'Jag får inte loss analytikerstöd före nästa månadsskifte. Antingen skjuter vi på dagen eller så lämnar vi en tunnare version.',
    ),
    noted(-33, '15:26', 'pia', 7, 'Skjut på dagen. En tunn version blir den som alla sedan hänvisar till.'),
    edited(-32, '08:00', 'pia', { due: 8 }),
    commented(-32, '08:04', 'pia', 8, 'Vi behöver längre tid och har flyttat dagen. Det ni får ska gå att lita på.'),
    commented(-32, '09:47', 'saga', 9, 'Det går bra för oss. Vi börjar med våra egna uppgifter så länge.'),
  ],
}

const estTemplate: StoryTask = {
  number: 5,
  title: 'EST: gemensam mall för rapportering',
  description: prose`
    Effektiv samordning för trygghet bygger på att det som syns i vardagen kommer fram snabbt. Vi behöver en mall som går att fylla i på två minuter och som ser likadan ut i alla fyra kommunerna.

    ## Principer

    - Mallen beskriver **plats, situation och miljö**, aldrig en person.
    - Fasta svar i stället för fritext där det går.
    - Samma kategorier som Polisen, så att bilderna går att lägga ihop.

    ## Fält

    1. Vecka och tid på dygnet (fyra val)
    2. Plats (från en lista, inte en adress)
    3. Kategori (elva val)
    4. Rapporterande funktion, till exempel fritidsgård eller parkförvaltning
    5. Förslag på åtgärd (ja eller nej, och i så fall en mening)

    ## Provas

    - [x] Två veckor i Sunne
    - [ ] Två veckor i en kommun till
    - [ ] Avstämning med kommunernas jurister
  `,
  party: 'S',
  audience: 'JOINT',
  state: 'ONGOING',
  due: 16,
  responsible: ['S', 'T'],
  assignees: ['saga', 'torbjorn'],
  initially: {
    title: 'EST: mall för rapportering',
    description: prose`
      En mall som går att fylla i på två minuter. Plats, situation och miljö, aldrig en person.

      - [ ] Förslag till fält
      - [ ] Prova i två veckor
    `,
  },
  history: [
    created(-76, '10:00', 'saga'),
    commented(
      -75,
      '09:10',
      'sixten',
      1,
      'Fritidsgårdarna vill ha den i mobilen. Mer än fem fält fyller de inte i en fredagskväll.',
    ),
    edited(-73, '13:45', 'saga', {
      title: 'EST: gemensam mall för rapportering',
      description: prose`
        Effektiv samordning för trygghet bygger på att det som syns i vardagen kommer fram snabbt. Vi behöver en mall som går att fylla i på två minuter och som ser likadan ut i alla fyra kommunerna.

        ## Principer

        - Mallen beskriver **plats, situation och miljö**, aldrig en person.
        - Fasta svar i stället för fritext där det går.
        - Samma kategorier som Polisen, så att bilderna går att lägga ihop.

        ## Provas

        - [ ] Två veckor i Sunne
        - [ ] Två veckor i en kommun till
        - [ ] Avstämning med kommunernas jurister
      `,
    }),
    shared(-73, '13:58', 'saga', 'JOINT'),
    moved(-58, '10:45', 'saga', 'ONGOING'),
    commented(
      -57,
      '08:30',
      'pontus',
      2,
      'Tolv kategorier är en för mycket. ”Övrigt” kommer att bli störst om den finns med. Ta bort den och se vad som saknas.',
    ),
    commented(-57, '11:12', 'saga', 3, 'Vi provar utan ”Övrigt”.'),
    commented(
      -50,
      '14:02',
      'torbjorn',
      4,
      'Vi är gärna den andra kommunen i provet. Platserna hos oss är utspridda, så listan måste klara annat än torg och skolgårdar: badplatser, skidanläggningar, rastplatser.',
    ),
    assigned(-49, '09:00', 'saga', { responsible: ['S', 'T'], assignees: ['saga', 'torbjorn'] }),
    commented(
      -36,
      '16:31',
      'saga',
      5,
      'Två veckor är provade. Trettioen rapporter, mediantiden blev en och en halv minut. Tre gånger försökte någon skriva ett namn i fältet för åtgärd, så den ledtexten får vi göra om.',
    ),
    edited(-35, '08:50', 'saga', {
      description: prose`
        Effektiv samordning för trygghet bygger på att det som syns i vardagen kommer fram snabbt. Vi behöver en mall som går att fylla i på två minuter och som ser likadan ut i alla fyra kommunerna.

        ## Principer

        - Mallen beskriver **plats, situation och miljö**, aldrig en person.
        - Fasta svar i stället för fritext där det går.
        - Samma kategorier som Polisen, så att bilderna går att lägga ihop.

        ## Fält

        1. Vecka och tid på dygnet (fyra val)
        2. Plats (från en lista, inte en adress)
        3. Kategori (elva val)
        4. Rapporterande funktion, till exempel fritidsgård eller parkförvaltning
        5. Förslag på åtgärd (ja eller nej, och i så fall en mening)

        ## Provas

        - [x] Två veckor i Sunne
        - [ ] Två veckor i en kommun till
        - [ ] Avstämning med kommunernas jurister
      `,
    }),
    commented(
      -34,
      '10:20',
      'henning',
      6,
      'Hur fort ska en rapport leda till något? Om vaktmästaren rapporterar en trasig lampa tre veckor i rad slutar hen rapportera.',
    ),
    commented(
      -34,
      '13:05',
      'torbjorn',
      7,
      'Varje rapport ska få ett svar inom en vecka, även om svaret är nej. Det är viktigare än åtgärden.',
    ),
    noted(
      -12,
      '09:40',
      'tuva',
      8,
      'Parkenheten undrar vem som betalar om rapporterna leder till fler akuta utryckningar. Ta upp det internt innan vi startar vårt prov.',
    ),
  ],
}

const citizenPledges: StoryTask = {
  number: 6,
  title: 'Medborgarlöften: samma tidplan i fyra kommuner',
  description: prose`
    Om de fyra medborgarlöftena tas fram samtidigt kan de bygga på samma lägesbild och samma dialog. Löftena blir ändå olika, för problemen är olika.

    - [ ] Medborgardialog i varje kommun
    - [ ] Två eller tre aktiviteter per löfte, möjliga att följa upp
    - [ ] Undertecknas av kommunstyrelsens ordförande och lokalpolisområdets chef
    - [ ] Uppföljning redovisas på samma sätt
  `,
  party: 'P',
  audience: 'JOINT',
  state: 'GIVEN',
  due: 85,
  responsible: ['P', 'S', 'T', 'H', 'M'],
  assignees: ['pia', 'saga', 'torbjorn', 'hilda', 'maj'],
  history: [
    created(-41, '13:30', 'pia'),
    shared(-37, '10:15', 'pia', 'JOINT'),
    assigned(-37, '10:19', 'pia', {
      responsible: ['P', 'S', 'T', 'H', 'M'],
      assignees: ['pia', 'saga', 'torbjorn', 'hilda', 'maj'],
    }),
    commented(
      -36,
      '09:33',
      'maj',
      1,
      'Kan vi ställa samma tre frågor i alla dialoger? Då går det att jämföra utan att löftena blir lika.',
    ),
    commented(-35, '15:50', 'pia', 2, 'Ja. Förslag: Var känner du dig otrygg? När? Vad skulle göra skillnad?'),
    commented(-35, '16:12', 'hilda', 3, 'Lägg till ”var känner du dig trygg”. Annars får vi bara en karta över det dåliga.'),
    noted(
      -21,
      '10:05',
      'hilda',
      4,
      'För vår del behöver dialogen ligga efter att nämnden har sett lägesbilden. Säg inte ja till något datum före dess.',
    ),
  ],
}

const glossary: StoryTask = {
  number: 7,
  title: 'Gemensam ordlista: lång sikt, kort sikt och trygghet',
  description: prose`
    Vi använder samma ord om olika saker. Innan indikatorerna beslutas behöver vi vara överens om vad orden betyder.

    ## Förslag

    **Kort sikt:** inom ett år. Mäter om vi gör det vi har sagt, till exempel hur stor del av åtgärderna som har startat i tid.

    **Lång sikt:** tre år eller mer. Mäter om det har blivit bättre, till exempel utsatthet för brott eller behörighet till gymnasiet.

    **Trygghet:** hur invånarna själva svarar i en undersökning. Vi använder inte ordet om antal anmälda brott.

    **Åtgärd:** något som en namngiven part gör mot en orsak som vi har pekat ut. Ett möte är ingen åtgärd.

    ## Kvar

    - [ ] ”Orsak” och ”riskfaktor”: samma sak eller inte?
    - [ ] ”Missbruk” eller ”skadligt bruk och beroende”
  `,
  party: 'T',
  audience: 'JOINT',
  state: 'ONGOING',
  due: -6,
  responsible: ['T'],
  assignees: ['tuva'],
  history: [
    created(-53, '09:45', 'tuva'),
    shared(-52, '08:15', 'torbjorn', 'JOINT'),
    moved(-50, '10:10', 'tuva', 'ONGOING'),
    commented(
      -49,
      '13:36',
      'henning',
      1,
      'Skriv ”skadligt bruk och beroende”. Så säger socialtjänsten, och ”missbruk” uppfattas lätt som ett omdöme.',
    ),
    commented(
      -48,
      '09:20',
      'pontus',
      2,
      'Nyheten om avtalet säger ”kampen mot missbruk”. Ordlistan kan väl förklara att vi menar samma sak?',
    ),
    commented(
      -48,
      '10:44',
      'henning',
      3,
      'Det är en bra lösning. Ett ord i våra texter, och en rad som säger att avtalet använder det äldre.',
    ),
    commented(-39, '14:25', 'saga', 4, 'Meningen ”Ett möte är ingen åtgärd” borde stå på väggen i varje konferensrum.'),
    commented(-11, '08:40', 'maj', 5, 'Har vi landat i orsak och riskfaktor? Jag behöver det till ANDT-policyn.'),
    commented(
      -5,
      '16:02',
      'tuva',
      6,
      'Dagen är passerad, jag vet. Jag har ett förslag till arbetsgruppen: en *orsak* går att påverka, en *riskfaktor* beskriver var vi ska leta.',
    ),
  ],
}

const ownSunneHours: StoryTask = {
  number: 8,
  title: 'Internt: tid för samordnarrollen nästa år',
  description: prose`
    Bedömning inför budgetberedningen. **Endast för Sunne.**

    ## I dag

    Rollen är 50 procent. Utfallet de senaste sex månaderna ligger närmare 70, mest för att styrgruppens underlag och EST-mallen tog längre tid än beräknat.

    ## Alternativ

    1. Behålla 50 procent och lämna över EST till trygghetsgruppen.
    2. 75 procent under ett år, finansierat inom kommunledningskontoret.
    3. Dela en tjänst med en grannkommun. Kräver att vi frågar, och det har vi inte gjort.

    Jag lutar åt alternativ 2 och vill pröva det med ekonomen innan det nämns utanför huset.
  `,
  party: 'S',
  audience: 'OWN',
  state: 'ONGOING',
  due: 5,
  responsible: ['S'],
  assignees: ['saga'],
  history: [
    created(-26, '16:40', 'saga'),
    moved(-20, '08:35', 'saga', 'ONGOING'),
    commented(
      -14,
      '10:50',
      'sixten',
      1,
      'Alternativ 3 låter bra på papperet, men tänk på att det finns olika förväntningar på hur mycket rollen ska vara ute i skolorna.',
    ),
    commented(-14, '13:15', 'saga', 2, 'Just därför vill jag inte öppna den frågan utåt än.'),
  ],
}

const ownPoliceAttendance: StoryTask = {
  number: 9,
  title: 'Internt: hur många möten klarar vi att bemanna?',
  description: prose`
    Avtalet omfattar fyra kommuner. Lägger vi ihop arbetsgrupp, styrgrupp, EST i varje kommun och remissmöten blir det omkring 60 möten om året för två personer.

    ## Förslag att pröva med chefen

    - Arbetsgruppen: alltid en av oss.
    - EST: på distans, utom när det gäller en plats som vi själva har pekat ut.
    - Remisser: skriftligt svar.

    Räkna med att sommarmånaderna inte går att bemanna fullt ut. Lova inget utåt förrän det är klart.
  `,
  party: 'P',
  audience: 'OWN',
  state: 'ONGOING',
  due: 12,
  responsible: ['P'],
  assignees: ['pia'],
  history: [
    created(-24, '07:35', 'pia'),
    moved(-22, '07:50', 'pia', 'ONGOING'),
    commented(
      -19,
      '15:05',
      'pontus',
      1,
      'EST på distans fungerar om underlaget kommer dagen före. Annars sitter vi och lyssnar på uppläsning.',
    ),
    commented(-18, '08:12', 'pia', 2, 'Det skriver jag in som villkor.'),
  ],
}

const ownPoliceDisclosure: StoryTask = {
  number: 10,
  title: 'Internt: vad i lägesbilden kan vi lämna, och i vilken kanal?',
  description: prose`
    Gränsdragning inför leveransen till kommunerna. **Endast för Polisen.**

    ## Kan lämnas här

    - Statistik per kommun med hänsyn till små tal
    - Platser på områdesnivå
    - Vår bedömning av vad som är viktigast

    ## Lämnas på annat sätt, efter prövning

    - Uppgifter om pågående ärenden som kommunen behöver för en snabb insats
    - Allt som rör enskilda eller grupper

    ## Oklart

    - Tidsangivelser på platser med ett enda företag. Det går att räkna ut vilket.
  `,
  party: 'P',
  audience: 'OWN',
  state: 'GIVEN',
  due: 6,
  responsible: ['P'],
  assignees: ['pia', 'pontus'],
  history: [
    created(-31, '08:40', 'pia'),
    assigned(-31, '08:42', 'pia', { assignees: ['pia', 'pontus'] }),
    commented(
      -23,
      '09:20',
      'pontus',
      1,
      'För det oklara: slå ihop platserna till centralort och övrig kommun. Då är problemet borta och bilden säger ungefär samma sak.',
    ),
    commented(-22, '07:55', 'pia', 2, 'Det prövar vi. Jag frågar rättsavdelningen om det räcker.'),
  ],
}

export const steering: StoryTask[] = [
  aboutTheExample,
  yearWheel,
  steeringPapers,
  policePicture,
  estTemplate,
  citizenPledges,
  glossary,
  ownSunneHours,
  ownPoliceAttendance,
  ownPoliceDisclosure,
]

// INTOX: the emergency department, the police and social services. Counts and routines only; never a patient.

import { assigned, commented, created, edited, moved, noted, prose, reworded, shared, type StoryTask } from './story.ts'

const routine: StoryTask = {
  number: 41,
  clause: 11,
  title: 'Rutin vid INTOX: vem ringer vem?',
  description: prose`
    En rutin på två sidor för akutmottagningen, Polisen och socialtjänsten i de fyra kommunerna. Den ska fungera klockan tre på natten, för någon som inte har läst den förut.

    ## Flöde

    1. **Vården först.** Inget i rutinen får fördröja behandlingen.
    2. Akutmottagningen bedömer om anmälningsskyldigheten gäller. Är patienten under 18 år görs **orosanmälan** direkt.
    3. Socialjouren kontaktas på telefon när någon behöver tas emot efter vården.
    4. Polisen kontaktas när det finns hot, våld eller fara för andra.
    5. Följande vardag: socialtjänsten ringer upp den som har sagt ja till kontakt.

    ## Det rutinen inte gör

    Den bryter inte sekretessen. Varje part prövar sitt eget utlämnande (25 och 26 kap. offentlighets- och sekretesslagen). Uppgifter om enskilda lämnas inte här.

    ## Prov

    - [x] Genomgång med nattpersonalen
    - [x] Fyra veckors prov
    - [ ] Vad föll mellan stolarna?
    - [ ] Beslut av respektive chef
  `,
  party: 'R',
  audience: 'JOINT',
  state: 'ONGOING',
  due: 10,
  responsible: ['R', 'P', 'S', 'T', 'H', 'M'],
  assignees: ['ragna', 'pontus', 'henning'],
  initially: {
    title: 'Rutin vid INTOX',
    description: prose`
      En rutin på två sidor för akutmottagningen, Polisen och socialtjänsten.

      1. Vården först
      2. Orosanmälan
      3. Socialjour
      4. Polis
      5. Uppföljning
    `,
    due: -12,
  },
  history: [
    created(-97, '15:20', 'ragna'),
    edited(-96, '07:35', 'ragna', { title: 'Rutin vid INTOX: vem ringer vem?' }),
    shared(-93, '10:05', 'ragna', 'JOINT'),
    assigned(-92, '09:40', 'ragna', { responsible: ['R', 'P', 'S', 'T', 'H', 'M'], assignees: ['ragna', 'pontus', 'henning'] }),
    moved(-89, '14:50', 'ragna', 'ONGOING'),
    commented(
      -88,
      '08:05',
      'pontus',
      1,
      'Skriv tydligt när vi *inte* ska ringas. Annars blir vi tillkallade för säkerhets skull, och då är bilen borta från resten av området i två timmar.',
    ),
    commented(
      -88,
      '22:40',
      'rune',
      2,
      'Från nattpasset: det svåra är inte när vi ska ringa utan vilket nummer. Socialjouren har olika nummer i de fyra kommunerna.',
    ),
    commented(
      -87,
      '09:15',
      'henning',
      3,
      'Numret är en egen uppgift, Torsby håller i den. Men rutinen ska bara ha *ett* ställe att titta på.',
    ),
    edited(-52, '13:35', 'ragna', {
      description: prose`
        En rutin på två sidor för akutmottagningen, Polisen och socialtjänsten i de fyra kommunerna. Den ska fungera klockan tre på natten, för någon som inte har läst den förut.

        ## Flöde

        1. **Vården först.** Inget i rutinen får fördröja behandlingen.
        2. Akutmottagningen bedömer om anmälningsskyldigheten gäller. Är patienten under 18 år görs **orosanmälan** direkt.
        3. Socialjouren kontaktas på telefon när någon behöver tas emot efter vården.
        4. Polisen kontaktas när det finns hot, våld eller fara för andra.
        5. Följande vardag: socialtjänsten ringer upp den som har sagt ja till kontakt.

        ## Det rutinen inte gör

        Den bryter inte sekretessen. Varje part prövar sitt eget utlämnande (25 och 26 kap. offentlighets- och sekretesslagen). Uppgifter om enskilda lämnas inte här.

        ## Prov

        - [ ] Genomgång med nattpersonalen
        - [ ] Fyra veckors prov
        - [ ] Vad föll mellan stolarna?
        - [ ] Beslut av respektive chef
      `,
    }),
    commented(
      -51,
      '10:50',
      'saga',
      4,
      'Punkt 5 är den viktigaste för oss. Många tackar ja till kontakt samma natt och har ångrat sig efter en vecka.',
    ),
    edited(-20, '07:55', 'ragna', { due: 10 }),
    edited(-11, '15:45', 'ragna', {
      description: prose`
        En rutin på två sidor för akutmottagningen, Polisen och socialtjänsten i de fyra kommunerna. Den ska fungera klockan tre på natten, för någon som inte har läst den förut.

        ## Flöde

        1. **Vården först.** Inget i rutinen får fördröja behandlingen.
        2. Akutmottagningen bedömer om anmälningsskyldigheten gäller. Är patienten under 18 år görs **orosanmälan** direkt.
        3. Socialjouren kontaktas på telefon när någon behöver tas emot efter vården.
        4. Polisen kontaktas när det finns hot, våld eller fara för andra.
        5. Följande vardag: socialtjänsten ringer upp den som har sagt ja till kontakt.

        ## Det rutinen inte gör

        Den bryter inte sekretessen. Varje part prövar sitt eget utlämnande (25 och 26 kap. offentlighets- och sekretesslagen). Uppgifter om enskilda lämnas inte här.

        ## Prov

        - [x] Genomgång med nattpersonalen
        - [x] Fyra veckors prov
        - [ ] Vad föll mellan stolarna?
        - [ ] Beslut av respektive chef
      `,
    }),
    commented(
      -10,
      '09:30',
      'ragna',
      5,
      'Provet är klart. Två saker föll mellan stolarna: vem som möter upp när någon skrivs ut tidigt på morgonen, och vad som gäller för den som bor i en annan kommun än de fyra.',
    ),
    commented(
      -9,
      '08:45',
      'henning',
      6,
      'Tidig morgon: socialjouren slutar halv åtta och mottagningen öppnar åtta. En halvtimme, men det är då det händer. Jag tar den frågan med de fyra socialcheferna.',
    ),
    noted(
      -9,
      '14:20',
      'ragna',
      7,
      'Rune: nattpersonalen sade också att rutinen upplevs som ännu en lapp. Vi tar det på arbetsplatsträffen och låter det stanna hos oss.',
    ),
    commented(
      -3,
      '13:10',
      'pontus',
      8,
      'För den som bor utanför området ringer ni hemkommunens socialjour. Vi kan hjälpa till att ta reda på numret.',
    ),
    noted(
      -1,
      '07:30',
      'pontus',
      9,
      'Pia, två av kollegorna i yttre tjänst kände inte till provet. Vi tar det på utsättningen igen.',
    ),
  ],
}

const form: StoryTask = {
  number: 42,
  title: 'INTOX-blanketten: vad ska räknas, och vad ska inte stå där?',
  description: prose`
    Blanketten ska gå att fylla i på en minut och inte innehålla något som går att knyta till en person.

    ## Räknas

    - Månad, vardag eller helg, tid på dygnet (fyra val)
    - Åldersgrupp: under 18, 18–24, 25 och äldre
    - Ämnesgrupp: alkohol, narkotika, läkemedel, flera, okänt
    - Typ av plats: hem, offentlig plats, restaurang, skola, annat
    - Orosanmälan gjord: ja eller nej
    - Polis inblandad: ja eller nej

    ## Ska inte stå där

    Namn, personnummer, adress, exakt datum, kön i kombination med ålder, fritext.

    ## Vem ser vad

    Raderna stannar hos akutmottagningen. Kommunerna får en sammanställning per kvartal, där tal under fem inte visas.
  `,
  party: 'R',
  audience: ['S'],
  state: 'DELIVERED',
  due: -1,
  responsible: ['R', 'S'],
  assignees: ['rune', 'saga'],
  initially: {
    description: prose`
      Blanketten ska gå att fylla i på en minut.

      - Månad och tid på dygnet
      - Ålder
      - Ämne
      - Plats
      - Kommentar
    `,
  },
  history: [
    created(-86, '14:35', 'rune'),
    commented(-85, '09:10', 'ragna', 1, 'Ta bort kommentarsfältet redan nu. Det är där det blir fel, hur väl vi än menar.'),
    shared(-78, '08:20', 'ragna', ['S']),
    assigned(-78, '08:24', 'ragna', { responsible: ['R', 'S'], assignees: ['rune', 'saga'] }),
    moved(-77, '15:00', 'rune', 'ONGOING'),
    commented(
      -76,
      '11:05',
      'saga',
      2,
      'Behöver vi veta plats? En adress kan vi inte hantera, men *typ* av plats skulle hjälpa oss att se om det är krogen eller hemmet.',
    ),
    commented(-75, '23:15', 'rune', 3, 'Typ av plats går att svara på för det mesta. Fem val räcker.'),
    edited(-61, '14:25', 'rune', {
      description: prose`
        Blanketten ska gå att fylla i på en minut och inte innehålla något som går att knyta till en person.

        ## Räknas

        - Månad, vardag eller helg, tid på dygnet (fyra val)
        - Åldersgrupp: under 18, 18–24, 25 och äldre
        - Ämnesgrupp: alkohol, narkotika, läkemedel, flera, okänt
        - Typ av plats: hem, offentlig plats, restaurang, skola, annat
        - Orosanmälan gjord: ja eller nej
        - Polis inblandad: ja eller nej

        ## Ska inte stå där

        Namn, personnummer, adress, exakt datum, kön i kombination med ålder, fritext.

        ## Vem ser vad

        Raderna stannar hos akutmottagningen. Kommunerna får en sammanställning per kvartal, där tal under fem inte visas.
      `,
    }),
    commented(-60, '09:50', 'saga', 4, 'Det här är rätt nivå. Tre åldersgrupper är lagom, med fler blir varje ruta för liten.'),
    moved(-21, '08:15', 'ragna', 'DELIVERED'),
    commented(
      -21,
      '08:18',
      'ragna',
      5,
      'Provad i fyra veckor, medeltid femtio sekunder. Vi väntar på dataskyddsombudets svar innan den används på riktigt.',
    ),
    noted(
      -8,
      '10:25',
      'saga',
      6,
      'Sixten, om någon hos oss frågar efter ”INTOX-listan”: det finns ingen lista och vi ska inte ha någon. Vi får kvartalstal, inget annat.',
    ),
    commented(-1, '10:05', 'saga', 7, 'Har ni hört något från dataskyddsombudet? Jag vill kunna skriva en rad till styrgruppen.'),
  ],
}

const quarterlyPicture: StoryTask = {
  number: 43,
  title: 'INTOX: en kvartalsbild som inte röjer någon',
  description: prose`
    En sida per kvartal till kommunerna och Polisen. Ska svara på *vilken tid, vilken typ av plats och vilka ämnen*, aldrig på *vem*.

    ## Regler

    - Tal under fem visas inte.
    - Summor som gör att ett dolt tal går att räkna ut visas inte heller.
    - Är underlaget för litet slår vi ihop två kvartal hellre än att visa för mycket.

    ## Klart när

    - [ ] Regler provade på påhittade siffror
    - [ ] En person utanför gruppen har försökt räkna baklänges
    - [ ] Mottagarna vet vad de ska använda bilden till
  `,
  party: 'R',
  audience: 'JOINT',
  state: 'GIVEN',
  due: 44,
  responsible: ['R', 'S'],
  assignees: ['ragna', 'saga'],
  history: [
    created(-46, '14:10', 'ragna'),
    shared(-37, '11:00', 'ragna', 'JOINT'),
    assigned(-37, '11:04', 'ragna', { responsible: ['R', 'S'], assignees: ['ragna', 'saga'] }),
    commented(
      -36,
      '10:42',
      'tuva',
      1,
      'Jag kan vara den som försöker räkna baklänges. Ge mig två kvartal med påhittade siffror.',
    ),
    commented(-35, '08:00', 'ragna', 2, 'Tack, det får du.'),
    commented(
      -22,
      '13:55',
      'pontus',
      3,
      'Vi skulle vilja lägga bilden bredvid våra ingripanden. Går det utan att någon kan räkna ut vem det gäller?',
    ),
    commented(-21, '10:12', 'ragna', 4, 'Per kvartal och för hela området, kanske. Per kommun, nej. Det blir för få.'),
  ],
}

const contactPoints: StoryTask = {
  number: 44,
  title: 'En kontaktväg till socialjouren, dygnet runt',
  description: prose`
    Akutmottagningen i Torsby möter patienter från alla fyra kommunerna. I dag finns fyra nummer, med olika öppettider.

    ## Alternativ

    1. **Ett kort** med fyra nummer och tider, uppdaterat första vardagen varje månad
    2. **Ett gemensamt nummer** som kopplar vidare
    3. **Gemensam jour** – en större fråga, inte för den här uppgiften

    ## Läget

    - [x] Nummer och tider insamlade från Torsby, Sunne och Hagfors
    - [ ] Nummer och tider från Munkfors
    - [ ] Kortet på plats vid telefonen
    - [ ] Utredning av alternativ 2
  `,
  party: 'T',
  audience: 'JOINT',
  state: 'ONGOING',
  due: -4,
  responsible: ['T', 'S', 'H', 'M'],
  assignees: ['torbjorn', 'henning', 'maj'],
  initially: {
    description: prose`
      Akutmottagningen i Torsby möter patienter från alla fyra kommunerna. I dag finns fyra nummer, med olika öppettider.

      - [ ] Samla in nummer och tider
      - [ ] Ett kort vid telefonen
    `,
  },
  history: [
    created(-85, '10:35', 'torbjorn'),
    shared(-79, '14:25', 'torbjorn', 'JOINT'),
    assigned(-79, '14:29', 'torbjorn', { responsible: ['T', 'S', 'H', 'M'], assignees: ['torbjorn', 'henning', 'maj'] }),
    moved(-56, '13:15', 'torbjorn', 'ONGOING'),
    commented(
      -56,
      '15:30',
      'ragna',
      1,
      'Kortet räcker långt. Bara det stämmer. Förra kortet hade ett nummer till en telefon som inte finns längre.',
    ),
    commented(
      -42,
      '08:55',
      'henning',
      2,
      'Hagfors är klart. Numret är detsamma dygnet runt, men efter midnatt svarar en annan kommun åt oss.',
    ),
    edited(-30, '09:25', 'torbjorn', {
      description: prose`
        Akutmottagningen i Torsby möter patienter från alla fyra kommunerna. I dag finns fyra nummer, med olika öppettider.

        ## Alternativ

        1. **Ett kort** med fyra nummer och tider, uppdaterat första vardagen varje månad
        2. **Ett gemensamt nummer** som kopplar vidare
        3. **Gemensam jour** – en större fråga, inte för den här uppgiften

        ## Läget

        - [x] Nummer och tider insamlade från Torsby, Sunne och Hagfors
        - [ ] Nummer och tider från Munkfors
        - [ ] Kortet på plats vid telefonen
        - [ ] Utredning av alternativ 2
      `,
    }),
    commented(-10, '14:55', 'torbjorn', 3, 'Maj, vi saknar bara era tider. Har ni hunnit?'),
    commented(
      -9,
      '09:12',
      'maj',
      4,
      'Avtalet om jouren skrivs om just nu, så tiderna ändras vid månadsskiftet. Jag vill inte lämna något som är fel efter två veckor.',
    ),
    commented(-9, '10:20', 'torbjorn', 5, 'Rimligt. Då blir kortet några dagar sent i stället för fel.'),
    noted(
      -7,
      '11:35',
      'maj',
      6,
      'Säg inget om avtalets innehåll utåt än. Förhandlingen är inte klar, och priset är det som håller emot.',
    ),
    noted(
      -6,
      '21:50',
      'rune',
      7,
      'Ragna, det gamla kortet sitter fortfarande uppe vid telefonen. Jag har satt en lapp över Munkfors så länge.',
    ),
  ],
}

const ownRegionNight: StoryTask = {
  number: 45,
  title: 'Internt: hinner nattpasset fylla i blanketten?',
  description: prose`
    **Endast för akutmottagningen.** Bemanningen på natten är två sjuksköterskor. Blanketten tar under en minut, men den minuten finns inte alltid.

    - Första provveckan: ifylld i ungefär två av tre fall
    - Vanligaste skälet till att den uteblir: överlämning pågår
    - Förslag: fyll i vid passets slut, ur minnet. Det räcker för grupperna i blanketten.

    Om vi inte når fyra av fem är siffrorna inte värda att lämna vidare. Då säger vi det hellre än att leverera.
  `,
  party: 'R',
  audience: 'OWN',
  state: 'ONGOING',
  due: 5,
  responsible: ['R'],
  assignees: ['ragna', 'rune'],
  history: [
    created(-48, '07:20', 'ragna'),
    assigned(-48, '07:22', 'ragna', { assignees: ['ragna', 'rune'] }),
    moved(-47, '21:30', 'rune', 'ONGOING'),
    commented(-39, '06:50', 'rune', 1, 'Vid passets slut fungerar bättre. Senaste veckan tre av fyra.'),
    commented(-18, '07:15', 'ragna', 2, 'Fyra av fem två veckor i rad. Då vågar jag säga ja till att fortsätta.'),
  ],
}

const ownRegionPrivacy: StoryTask = {
  number: 46,
  title: 'Utkast: frågor till dataskyddsombudet om INTOX',
  description: prose`
    1. Är en rad i blanketten en personuppgift, trots att namn saknas? I små grupper kan någon ändå känna igen sig.
    2. Behövs en konsekvensbedömning? Två kriterier kan vara uppfyllda: känsliga uppgifter och sårbara personer.
    3. Hur länge sparas raderna när kvartalet är sammanställt? Vårt förslag är tre månader.
    4. Är vi ensamma ansvariga, eller blir den som sammanställer det också?
  `,
  party: 'R',
  audience: 'OWN',
  state: 'DELIVERED',
  due: 3,
  responsible: ['R'],
  assignees: ['ragna'],
  history: [
    created(-32, '15:40', 'ragna'),
    moved(-29, '08:25', 'ragna', 'ONGOING'),
    commented(-28, '05:55', 'rune', 1, 'Lägg till fråga om papperslapparna innan de förs in. De ligger i en låda i dag.'),
    moved(-19, '14:05', 'ragna', 'DELIVERED'),
    commented(-19, '14:07', 'ragna', 2, 'Inskickat, med lapparna som fråga 5. Svar utlovat inom en månad.'),
    reworded(-19, '14:12', 'ragna', 2, 'Inskickat, med lapparna som en muntlig fråga. Svar utlovat inom en månad.'),
  ],
}

export const intoxication: StoryTask[] = [routine, form, quarterlyPicture, contactPoints, ownRegionNight, ownRegionPrivacy]

// Business takes part in crime prevention: meetings, walks, plain advice.

import { assigned, commented, created, edited, moved, noted, prose, shared, type StoryTask } from './story.ts'

const invitation: StoryTask = {
  number: 51,
  clause: 12,
  title: 'Näringslivsträff: inbjudan och program',
  description: prose`
    En frukost på nittio minuter för företagare i de fyra kommunerna. Vi vill höra vad de ser, inte berätta vad vi gör.

    ## Program

    - 07.30 Kaffe
    - 07.45 Kort om samverkansavtalet (tio minuter, inte fler)
    - 07.55 Vid borden: *Vad händer runt ert företag? När? Vad har ni själva provat?*
    - 08.35 Vad vi tar med oss, och vad ni får svar på
    - 08.50 Polisen: så anmäler du, och varför det spelar roll
    - 09.00 Slut

    ## Att göra

    - [x] Lokal
    - [x] Näringslivsansvariga i alla fyra kommunerna är med
    - [ ] Inbjudan utskickad
    - [ ] Bordsvärdar, två per kommun
    - [ ] Plan för återkoppling inom tre veckor
  `,
  party: 'M',
  audience: 'JOINT',
  state: 'ONGOING',
  due: 14,
  responsible: ['M', 'S', 'T', 'H', 'P'],
  assignees: ['maj', 'pia', 'tuva'],
  initially: {
    title: 'Näringslivsträff',
    description: prose`
      En frukost för företagare i de fyra kommunerna.

      - [ ] Lokal
      - [ ] Näringslivsansvariga i alla fyra kommunerna är med
      - [ ] Program
      - [ ] Inbjudan
    `,
  },
  history: [
    created(-67, '15:15', 'maj'),
    edited(-66, '08:35', 'maj', { title: 'Näringslivsträff: inbjudan och program' }),
    shared(-63, '13:45', 'maj', 'JOINT'),
    commented(
      -61,
      '09:40',
      'tuva',
      1,
      'Vår näringslivsenhet vill vara med. De undrar om företagare utan butik också bjuds in: åkerier, skogsentreprenörer, campingar.',
    ),
    commented(
      -61,
      '10:25',
      'maj',
      2,
      'Ja. Diesel och maskiner försvinner oftare än varor ur butik, om jag har förstått det rätt.',
    ),
    assigned(-58, '11:25', 'maj', { responsible: ['M', 'S', 'T', 'H', 'P'], assignees: ['maj', 'pia', 'tuva'] }),
    moved(-43, '13:10', 'maj', 'ONGOING'),
    commented(
      -41,
      '08:22',
      'pia',
      3,
      'Tio minuter om avtalet, tack. Senast någon visade 34 bilder för företagare gick halva rummet vid kaffet.',
    ),
    edited(-24, '14:20', 'maj', {
      description: prose`
        En frukost på nittio minuter för företagare i de fyra kommunerna. Vi vill höra vad de ser, inte berätta vad vi gör.

        ## Program

        - 07.30 Kaffe
        - 07.45 Kort om samverkansavtalet (tio minuter, inte fler)
        - 07.55 Vid borden: *Vad händer runt ert företag? När? Vad har ni själva provat?*
        - 08.35 Vad vi tar med oss, och vad ni får svar på
        - 08.50 Polisen: så anmäler du, och varför det spelar roll
        - 09.00 Slut

        ## Att göra

        - [x] Lokal
        - [x] Näringslivsansvariga i alla fyra kommunerna är med
        - [ ] Inbjudan utskickad
        - [ ] Bordsvärdar, två per kommun
        - [ ] Plan för återkoppling inom tre veckor
      `,
    }),
    commented(
      -23,
      '09:55',
      'hilda',
      4,
      'Lova bara återkoppling om vi vet vem som skriver den. Det är den som avgör om de kommer nästa gång.',
    ),
    commented(
      -8,
      '10:35',
      'saga',
      5,
      'Sunnes bordsvärdar är klara. Vi tar gärna återkopplingen också, den passar ihop med trygghetsvandringen.',
    ),
    noted(
      -6,
      '13:25',
      'pia',
      6,
      'Pontus, kan du ta passet om anmälan? Hänvisa till webben och håll dig borta från enskilda ärenden, någon kommer att fråga om sitt eget.',
    ),
    noted(-5, '07:40', 'pontus', 7, 'Det gör jag. Jag tar med lappar till dem som vill prata efteråt.'),
  ],
}

const safetyWalk: StoryTask = {
  number: 52,
  title: 'Trygghetsvandring med företagare: checklista',
  description: prose`
    En checklista som gör att alla fyra kommunerna går på samma sätt och att varje brist får en ägare.

    - [ ] Före: karta, tid på dygnet, vilka som bjuds in
    - [ ] Under: belysning, sikt, skräp, tomma lokaler, stölder ur förråd
    - [ ] Efter: varje brist får en ansvarig funktion och ett datum
    - [ ] Tre månader senare: vad blev gjort, och vad blev det inte?

    Fotografera platser, aldrig människor eller registreringsskyltar.
  `,
  party: 'S',
  audience: 'JOINT',
  state: 'GIVEN',
  due: 40,
  responsible: ['S'],
  assignees: ['sixten'],
  initially: { title: 'Trygghetsvandring: checklista' },
  history: [
    created(-22, '10:30', 'sixten'),
    edited(-21, '14:00', 'saga', { title: 'Trygghetsvandring med företagare: checklista' }),
    shared(-16, '13:35', 'saga', 'JOINT'),
    commented(-15, '09:25', 'moa', 1, 'Gå när det är mörkt. Vi gick en gång i solsken och hittade ingenting.'),
    commented(-14, '15:12', 'pontus', 2, 'Bjud in den som sköter belysningen, inte bara dem som klagar på den.'),
    noted(
      -6,
      '09:30',
      'henning',
      3,
      'Hilda: våra fastighetsägare vill veta om de förbinder sig till något genom att gå med. Svara helst innan listan sprids hos oss.',
    ),
  ],
}

const advice: StoryTask = {
  number: 53,
  title: 'Råd på en sida: stölder från byggen, verkstäder och skogsmaskiner',
  description: prose`
    En sida att skriva ut, lika i alla fyra kommunerna, med kommunens kontakt längst ned.

    ## Innehåll

    - Märk och fotografera verktyg och maskiner, spara serienumren
    - Parkera så att luckor och tankar sitter mot en vägg
    - Släck inte allt: ljus med rörelsevakt vid förråd
    - Anmäl alltid, även försök
    - Pågående brott: **112**. Övrigt: **114 14** eller polisen.se

    ## Godkänns av

    - [x] Polisen
    - [x] Sunne
    - [x] Torsby
    - [x] Hagfors
    - [ ] Munkfors
  `,
  party: 'P',
  audience: 'JOINT',
  state: 'DELIVERED',
  due: 1,
  responsible: ['P'],
  assignees: ['pontus'],
  initially: {
    title: 'Råd på en sida till företag',
    description: prose`
      En sida att skriva ut, lika i alla fyra kommunerna.

      - Märk och fotografera verktyg
      - Lås
      - Ljus
      - Anmäl alltid
    `,
  },
  history: [
    created(-54, '07:45', 'pontus'),
    moved(-52, '09:35', 'pontus', 'ONGOING'),
    shared(-48, '08:10', 'pia', 'JOINT'),
    commented(-47, '13:50', 'tuva', 1, 'Kan skogsmaskiner få en egen rad? De står ensamma i veckor, långt från närmaste granne.'),
    commented(-46, '07:52', 'pontus', 2, 'Bra. Jag byter rubrik också.'),
    edited(-34, '08:40', 'pontus', {
      title: 'Råd på en sida: stölder från byggen, verkstäder och skogsmaskiner',
      description: prose`
        En sida att skriva ut, lika i alla fyra kommunerna, med kommunens kontakt längst ned.

        ## Innehåll

        - Märk och fotografera verktyg och maskiner, spara serienumren
        - Parkera så att luckor och tankar sitter mot en vägg
        - Släck inte allt: ljus med rörelsevakt vid förråd
        - Anmäl alltid, även försök
        - Pågående brott: **112**. Övrigt: **114 14** eller polisen.se

        ## Godkänns av

        - [x] Polisen
        - [ ] Sunne
        - [ ] Torsby
        - [ ] Hagfors
        - [ ] Munkfors
      `,
    }),
    moved(-26, '10:00', 'pontus', 'DELIVERED'),
    commented(-25, '09:08', 'saga', 3, 'Ja från Sunne.'),
    commented(-24, '11:15', 'torbjorn', 4, 'Ja från Torsby. Vi vill ha den som affisch också.'),
    commented(-19, '13:02', 'hilda', 5, 'Ja från Hagfors.'),
    edited(-18, '07:35', 'pontus', {
      description: prose`
        En sida att skriva ut, lika i alla fyra kommunerna, med kommunens kontakt längst ned.

        ## Innehåll

        - Märk och fotografera verktyg och maskiner, spara serienumren
        - Parkera så att luckor och tankar sitter mot en vägg
        - Släck inte allt: ljus med rörelsevakt vid förråd
        - Anmäl alltid, även försök
        - Pågående brott: **112**. Övrigt: **114 14** eller polisen.se

        ## Godkänns av

        - [x] Polisen
        - [x] Sunne
        - [x] Torsby
        - [x] Hagfors
        - [ ] Munkfors
      `,
    }),
    commented(-1, '14:15', 'maj', 6, 'Vi visar den för två företagare först. Svar i morgon.'),
  ],
}

const ownMunkforsBusiness: StoryTask = {
  number: 54,
  title: 'Utkast: vad kan vi lova företagen efter träffen?',
  description: prose`
    Frågorna kommer att handla om belysning, kameror och varför det tar tid. **Intern linje för Munkfors.**

    - **Belysning:** vi kan lova en genomgång, inte nya stolpar. Investeringsramen är slut för året.
    - **Kameror:** säg inget förrän kommunledningen har tagit ställning.
    - **Nattvandring:** vi kan stå för reflexvästar och kaffe. Inte för ersättning.

    Hellre tre små löften som vi håller.
  `,
  party: 'M',
  audience: 'OWN',
  state: 'ONGOING',
  due: 9,
  responsible: ['M'],
  assignees: ['maj'],
  history: [
    created(-20, '15:05', 'maj'),
    moved(-18, '09:40', 'maj', 'ONGOING'),
    commented(-12, '13:15', 'moa', 1, 'Skolgårdens belysning står i samma ram. Lova inte bort den.'),
    commented(-12, '14:02', 'maj', 2, 'Den är undantagen. Jag skriver in det.'),
  ],
}

export const business: StoryTask[] = [invitation, safetyWalk, advice, ownMunkforsBusiness]

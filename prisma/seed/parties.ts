// Who sits at the table. The organisations are those of the article; the people are invented and named so that nobody can
// mistake them for anyone. Addresses end in .example, which can never be delivered to.

import { fixedId } from './ids.ts'
import { prose, type MemberKey, type PartyKey, type StoryCollaboration, type StoryMember, type StoryParty } from './story.ts'

export const collaboration: StoryCollaboration = {
  id: fixedId('collaboration', 1),
  slug: 'sutohamu',
  name: 'SuToHaMu och Polisen',
  purpose: prose`
    Sunne, Torsby, Hagfors och Munkfors samverkar med Polisen för att minska brottsligheten, öka tryggheten och samordna arbetet mot missbruk. Påhittat exempelinnehåll: personer, diskussioner och utkast beskriver inte vad parterna har gjort eller tyckt.
  `,
  timeZone: 'Europe/Stockholm',
}

const municipality = (key: PartyKey, ordinal: number, name: string, code: string): StoryParty => ({
  key,
  ordinal,
  name,
  id: fixedId('party', ordinal),
  role: 'SIGNATORY',
  organisation: { id: fixedId('organisation', ordinal), name: `${name} kommun`, kind: 'MUNICIPALITY', municipalityCode: code },
})

export const parties: StoryParty[] = [
  municipality('S', 1, 'Sunne', '1766'),
  municipality('T', 2, 'Torsby', '1737'),
  municipality('H', 3, 'Hagfors', '1783'),
  municipality('M', 4, 'Munkfors', '1762'),
  {
    key: 'P',
    ordinal: 5,
    name: 'Polisen',
    id: fixedId('party', 5),
    role: 'SIGNATORY',
    organisation: { id: fixedId('organisation', 5), name: 'Polisen, lokalpolisområde Torsby', kind: 'POLICE' },
  },
  {
    key: 'R',
    ordinal: 6,
    name: 'Region Värmland',
    id: fixedId('party', 6),
    role: 'ASSOCIATE',
    organisation: { id: fixedId('organisation', 6), name: 'Region Värmland, akutmottagningen i Torsby', kind: 'REGION' },
  },
]

type Seat = { roles: StoryMember['roles']; mandates?: ('SIGN' | 'VOTE')[]; invited: number; joined: number }

/** Coordinators open the collaboration, contributors come the week after. */
const coordinator: Seat = { roles: ['COORDINATOR', 'ADMIN'], mandates: ['SIGN', 'VOTE'], invited: -108, joined: -106 }
const associateCoordinator: Seat = { roles: ['COORDINATOR', 'ADMIN'], invited: -108, joined: -105 }
const contributor: Seat = { roles: ['CONTRIBUTOR'], invited: -106, joined: -104 }
const observer: Seat = { roles: ['OBSERVER'], mandates: ['SIGN', 'VOTE'], invited: -106, joined: -101 }

function member(
  number: number,
  key: MemberKey,
  party: PartyKey,
  name: string,
  email: string,
  title: string,
  seat: Seat,
): StoryMember {
  const mandates = (seat.mandates ?? []).map((kind, index) => ({
    id: fixedId('mandate', number * 10 + index + 1),
    kind,
    validFrom: '2019-05-01',
  }))
  const { roles, invited, joined } = seat
  return {
    key,
    party,
    name,
    email,
    title,
    roles,
    mandates,
    invited,
    joined,
    id: fixedId('member', number),
    personId: fixedId('person', number),
  }
}

export const members: StoryMember[] = [
  member(11, 'saga', 'S', 'Saga Sunnesson', 'saga@sunne.example', 'Brottsförebyggande samordnare', coordinator),
  member(12, 'sixten', 'S', 'Sixten Sunneby', 'sixten@sunne.example', 'Utvecklingsledare, skola', contributor),
  member(13, 'siv', 'S', 'Siv Sunnevik', 'siv@sunne.example', 'Kommunalråd', observer),
  member(21, 'torbjorn', 'T', 'Torbjörn Torsbyberg', 'torbjorn@torsby.example', 'Brottsförebyggande samordnare', coordinator),
  member(22, 'tuva', 'T', 'Tuva Torsbylund', 'tuva@torsby.example', 'Utredare', contributor),
  member(31, 'hilda', 'H', 'Hilda Hagforsén', 'hilda@hagfors.example', 'Säkerhetssamordnare', coordinator),
  member(32, 'henning', 'H', 'Henning Hagforsdal', 'henning@hagfors.example', 'Verksamhetsutvecklare, socialtjänst', contributor),
  member(41, 'maj', 'M', 'Maj Munkforsell', 'maj@munkfors.example', 'ANDT- och folkhälsosamordnare', coordinator),
  member(42, 'moa', 'M', 'Moa Munkforsby', 'moa@munkfors.example', 'Biträdande rektor', contributor),
  member(51, 'pia', 'P', 'Pia Polisdotter', 'pia@polisen.example', 'Kommunpolis', coordinator),
  member(52, 'pontus', 'P', 'Pontus Polisson', 'pontus@polisen.example', 'Områdespolis', contributor),
  member(
    61,
    'ragna',
    'R',
    'Ragna Regionsdotter',
    'ragna@regionvarmland.example',
    'Enhetschef, akutmottagningen',
    associateCoordinator,
  ),
  member(62, 'rune', 'R', 'Rune Regionsson', 'rune@regionvarmland.example', 'Sjuksköterska, akutmottagningen', contributor),
]

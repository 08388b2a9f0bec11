import { section, superset } from '../clauses.ts';
import { ABOUT_BUILDINGS, ABOUT_CONTRACTS, ABOUT_EQUIPMENT, ABOUT_PEOPLE } from '../unmapped.ts';

const unmapped = (id: string, title: string, text: string, reason: string) => ({
  id,
  title,
  text,
  mappings: [],
  unmapped: reason,
});

export const peopleAndPlaces = [
  ...section('A.6 People', [
    unmapped(
      'A.6.1',
      'People are looked into before they are hired',
      'Who is hired was looked into before, as far as law allows and the work asks.',
      ABOUT_PEOPLE,
    ),
    unmapped(
      'A.6.2',
      'Contracts of employment',
      'Contracts of employment say what each side has to do for information security.',
      ABOUT_CONTRACTS,
    ),
    {
      id: 'A.6.3',
      title: 'People are trained',
      text: 'People learn what they need to know about information security, and hear of changes.',
      mappings: superset('PLM-PROCESS-TRAINING'),
    },
    unmapped(
      'A.6.4',
      'Breaches have consequences',
      'It is settled and known what follows when somebody breaks the rules.',
      ABOUT_PEOPLE,
    ),
    {
      id: 'A.6.5',
      title: 'When people leave',
      text: 'What stays binding when somebody leaves or changes work is settled, told and enforced.',
      mappings: superset('PLM-ACCESS-REVIEWED'),
    },
    unmapped(
      'A.6.6',
      'Agreements of secrecy',
      'Agreements of secrecy are written, signed and looked at again.',
      ABOUT_CONTRACTS,
    ),
    unmapped(
      'A.6.7',
      'Work away from the office',
      'Information is protected where people work away from the organisation’s rooms.',
      ABOUT_EQUIPMENT,
    ),
    {
      id: 'A.6.8',
      title: 'Events are reported',
      text: 'People can report in time what they saw or suspect.',
      mappings: superset('PLM-PROCESS-INCIDENT-RESPONSE'),
    },
  ]),
  ...section('A.7 Places and devices', [
    {
      id: 'A.7.1',
      title: 'Walls around protected areas',
      text: 'Areas with information and systems have walls around them.',
      mappings: superset('PLM-HOST-PHYSICAL'),
    },
    {
      id: 'A.7.2',
      title: 'Entry to protected areas',
      text: 'Doors, gates and reception let in only those who may enter.',
      mappings: superset('PLM-HOST-PHYSICAL'),
    },
    unmapped(
      'A.7.3',
      'Offices and rooms are secure',
      'Offices, rooms and facilities are protected from people who should not be there.',
      ABOUT_BUILDINGS,
    ),
    unmapped(
      'A.7.4',
      'Premises are watched',
      'Premises are watched all the time for people who should not be there.',
      ABOUT_BUILDINGS,
    ),
    unmapped(
      'A.7.5',
      'Fire, water and attacks',
      'Fire, water, disasters and attacks on buildings are prepared for.',
      ABOUT_BUILDINGS,
    ),
    unmapped('A.7.6', 'Work in secure areas', 'Rules say how people work in secure areas.', ABOUT_BUILDINGS),
    unmapped(
      'A.7.7',
      'Clear desks and screens',
      'Papers, media and screens show nothing to those who pass by.',
      ABOUT_EQUIPMENT,
    ),
    unmapped('A.7.8', 'Devices stand where they are safe', 'Devices stand where they are safe.', ABOUT_EQUIPMENT),
    unmapped(
      'A.7.9',
      'Devices away from the premises',
      'Devices outside of the premises are protected.',
      ABOUT_EQUIPMENT,
    ),
    {
      id: 'A.7.10',
      title: 'Storage media',
      text: 'Media are managed from purchase to disposal as what is on them asks.',
      mappings: superset('PLM-PROCESS-DISPOSAL'),
    },
    unmapped(
      'A.7.11',
      'Power and other supplies',
      'Failures of power and other supplies do not stop systems.',
      ABOUT_BUILDINGS,
    ),
    unmapped(
      'A.7.12',
      'Cables are protected',
      'Cables are protected from being tapped, disturbed and damaged.',
      ABOUT_BUILDINGS,
    ),
    unmapped(
      'A.7.13',
      'Maintenance of devices',
      'Devices are maintained, so that they stay available and trustworthy.',
      ABOUT_EQUIPMENT,
    ),
    {
      id: 'A.7.14',
      title: 'Devices are wiped at their end',
      text: 'Data and licensed software are gone from devices before these are thrown away or used again.',
      mappings: superset('PLM-PROCESS-DISPOSAL'),
    },
  ]),
];

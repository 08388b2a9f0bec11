import type { Framework } from '../../framework.ts';
import { organizational } from './organizational.ts';
import { peopleAndPlaces } from './people-and-places.ts';
import { technological } from './technological.ts';

/** The controls of Annex A. Only the numbers are the publisher's; names and words are ours. */
export const iso27001: Framework = {
  id: 'iso-27001',
  title: 'ISO/IEC 27001, Annex A',
  publisher: 'International Organization for Standardization',
  version: '2022',
  wording: 'own',
  references: ['https://www.iso.org/standard/27001'],
  clauses: [...organizational, ...peopleAndPlaces, ...technological],
};

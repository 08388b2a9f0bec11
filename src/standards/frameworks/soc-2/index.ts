import type { Framework } from '../../framework.ts';
import { categories } from './categories.ts';
import { commonCriteria } from './common-criteria.ts';

/**
 * The criteria that ask something of systems and their operation: CC5 to CC9, availability and confidentiality. CC1 to CC4 are about how
 * an organisation is led; processing integrity and privacy are about what its programs do with data. Only the numbers are the
 * publisher's; the words are ours.
 */
export const soc2: Framework = {
  id: 'soc-2',
  title: 'SOC 2, Trust Services Criteria',
  publisher: 'American Institute of Certified Public Accountants',
  version: '2017, with the points of focus of 2022',
  wording: 'own',
  references: [
    'https://www.aicpa-cima.com/resources/download/2017-trust-services-criteria-with-revised-points-of-focus-2022',
  ],
  clauses: [...commonCriteria, ...categories],
};

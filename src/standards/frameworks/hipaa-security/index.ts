import type { Framework } from '../../framework.ts';
import { administrative } from './administrative.ts';
import { organization } from './organization.ts';
import { physical } from './physical.ts';
import { technical } from './technical.ts';

/** The wording is that of the Code of Federal Regulations, as it stands since 2013. */
export const hipaaSecurity: Framework = {
  id: 'hipaa-security',
  title: 'HIPAA Security Rule (45 CFR 164.308 to 164.316)',
  publisher: 'United States Department of Health and Human Services',
  version: '2013',
  wording: 'published',
  references: ['https://www.ecfr.gov/current/title-45/subtitle-A/subchapter-C/part-164/subpart-C'],
  clauses: [...administrative, ...physical, ...technical, ...organization],
};

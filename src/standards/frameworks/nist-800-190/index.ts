import type { Framework } from '../../framework.ts';
import { containers } from './containers.ts';
import { hosts } from './hosts.ts';
import { images } from './images.ts';
import { orchestrators } from './orchestrators.ts';
import { registries } from './registries.ts';

/** The countermeasures of section 4, each with the risk of section 3 that it answers. The wording is shortened; the publication is in the public domain. */
export const nist800190: Framework = {
  id: 'nist-800-190',
  title: 'NIST SP 800-190 Application Container Security Guide',
  publisher: 'National Institute of Standards and Technology',
  version: '2017',
  wording: 'published',
  references: ['https://doi.org/10.6028/NIST.SP.800-190'],
  clauses: [...images, ...registries, ...orchestrators, ...containers, ...hosts],
};

import { available, declared } from '../availability.ts';
import { kubernetesLists } from '../lists.ts';
import { authorizer } from './authorizer.ts';
import { namedFormats } from './formats.ts';
import { networks } from './network.ts';
import { quantities } from './quantity.ts';
import { semanticVersions } from './semver.ts';
import { urls } from './url.ts';

/** The libraries that an API server adds to the language. */
export const kubernetes = [
  ...kubernetesLists,
  ...available(declared(28), quantities),
  ...available(declared(30), networks),
  ...urls,
  ...available(declared(33), semanticVersions),
  ...available(declared(31), namedFormats),
  ...authorizer,
];

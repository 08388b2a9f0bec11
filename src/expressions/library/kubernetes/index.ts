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
  ...quantities,
  ...networks,
  ...urls,
  ...semanticVersions,
  ...namedFormats,
  ...authorizer,
];

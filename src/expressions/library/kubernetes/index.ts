import { kubernetesLists } from '../lists.ts';

/** The libraries that an API server adds to the language. */
export const kubernetes = [...kubernetesLists];

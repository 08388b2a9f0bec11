import type { Framework } from '../../framework.ts';
import { access } from './access.ts';
import { logging } from './logging.ts';
import { network } from './network.ts';
import { pods } from './pods.ts';
import { upgrading } from './upgrading.ts';

/** The guide numbers neither its chapters nor what it recommends: the numbers are ours, in its order, and the words are ours, close to its own. */
export const nsaKubernetes: Framework = {
  id: 'nsa-kubernetes',
  title: 'NSA/CISA Kubernetes Hardening Guide',
  publisher: 'National Security Agency, Cybersecurity and Infrastructure Security Agency',
  version: '1.2',
  wording: 'own',
  references: [
    'https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF',
  ],
  clauses: [...pods, ...network, ...access, ...logging, ...upgrading],
};

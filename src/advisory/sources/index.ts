import type { AdvisorySource, Feed } from '../advisory-source.ts';
import { alpineSecdb } from './alpine-secdb/index.ts';
import { amazonAlas } from './amazon-alas/index.ts';
import { archTracker } from './arch-tracker/index.ts';
import { azureLinuxOval } from './azure-linux-oval/index.ts';
import { bottlerocket } from './bottlerocket/index.ts';
import { debianTracker } from './debian-tracker/index.ts';
import { epss } from './epss/index.ts';
import { fedoraUpdates } from './fedora-updates/index.ts';
import { gentooGlsa } from './gentoo-glsa/index.ts';
import { kev } from './kev/index.ts';
import { nodejsCore } from './nodejs-core/index.ts';
import { oracleOval } from './oracle-oval/index.ts';
import { osv } from './osv/index.ts';
import { photonCve } from './photon-cve/index.ts';
import { redHatVex } from './redhat-vex/index.ts';
import { vulnrichment } from './vulnrichment/index.ts';

/**
 * In the order in which they are asked to speak for an ecosystem: a distribution's own tracker before the exports that are
 * made from it. `debian-mirror` is not among them: it answers look-ups itself and keeps nothing in the database.
 */
export const advisorySources = [
  debianTracker,
  alpineSecdb,
  amazonAlas,
  archTracker,
  azureLinuxOval,
  bottlerocket,
  fedoraUpdates,
  gentooGlsa,
  oracleOval,
  photonCve,
  redHatVex,
  osv,
  nodejsCore,
  kev,
  epss,
  vulnrichment,
] as const satisfies readonly AdvisorySource[];

export function advisorySource(id: string): AdvisorySource | undefined {
  return advisorySources.find((source) => source.id === id);
}

export function findFeed(sourceId: string, feedId: string): Feed | undefined {
  return advisorySource(sourceId)?.feed(feedId);
}

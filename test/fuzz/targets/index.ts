import type { FuzzTarget } from '../target.ts';
import { advisoryImport, advisoryShard, databaseManifest, forgedShard } from './advisory-database.ts';
import { alpineSecdbFeed, debianTrackerFeed, epssFeed, kevFeed, osvExport } from './advisory-feeds.ts';
import { attestationFile } from './attestations.ts';
import { catalogerTargets } from './catalogers.ts';
import { checkedFiles } from './checks.ts';
import { cluster } from './cluster.ts';
import { complianceStatements, savedReport } from './compliance.ts';
import { bzip2, gzip, xz, zstd } from './compressed.ts';
import { aptConfiguration, debianChangelog, debianIndex, debianPool, debianRelease } from './debian-mirror.ts';
import { baselineFile, exceptionLists, userPatterns, vexDocuments } from './decisions.ts';
import { distribution } from './distribution.ts';
import {
  distributionLists,
  distributionNotices,
  gentooGlsaFeed,
  nodejsCoreFeed,
  redHatVexFeed,
  vulnrichmentFeed,
} from './distribution-feeds.ts';
import { dockerfiles, imageSteps } from './dockerfiles.ts';
import { containerdNames, podmanStore, storageSettings, tarSplit } from './engine-stores.ts';
import { evidenceFile } from './evidence.ts';
import { executables } from './executables.ts';
import { admissionPolicies, expressions } from './expressions.ts';
import { imageDocuments } from './image-documents.ts';
import { imageArchive, layerContent, layerReport } from './images.ts';
import { malwareFile, malwareHashList, malwareRuleFile } from './malware.ts';
import { manifests } from './manifests.ts';
import { imageReference, packageUrl, registryChallenge } from './names.ts';
import {
  apkInstalled,
  chiselManifest,
  dpkgFiles,
  dpkgStatus,
  rpmBerkeley,
  rpmHeaders,
  rpmLog,
  rpmManifest,
  rpmNdb,
  rpmSqlite,
} from './package-databases.ts';
import { configurationEdits, dockerfileEdits, manifestEdits, requirementsEdits } from './remedy.ts';
import { reportTexts } from './reporters.ts';
import { dnsMessages, foreignEvents, recordingLines, sensorRecords } from './runtime.ts';
import { runtimeRules } from './runtime-rules.ts';
import { sbomJson, sbomText } from './sbom.ts';
import { secretPattern, secretSearch, secretSettings } from './secrets.ts';
import { tar } from './tar.ts';
import { clusterState, uploads } from './uploads.ts';
import { versionConstraint, versionOrder } from './versions.ts';
import { yamlDocuments } from './yaml.ts';
import { zip } from './zip.ts';

/** Every target. To add one: a value of the interface in a file beside this one, and a line here. */
export const targets: readonly FuzzTarget[] = [
  tar,
  bzip2,
  gzip,
  zstd,
  xz,
  zip,
  executables,
  imageReference,
  packageUrl,
  registryChallenge,
  imageDocuments,
  imageArchive,
  layerContent,
  layerReport,
  containerdNames,
  podmanStore,
  storageSettings,
  tarSplit,
  dpkgStatus,
  dpkgFiles,
  chiselManifest,
  apkInstalled,
  rpmBerkeley,
  rpmNdb,
  rpmHeaders,
  rpmSqlite,
  rpmLog,
  rpmManifest,
  distribution,
  versionOrder,
  versionConstraint,
  osvExport,
  debianTrackerFeed,
  alpineSecdbFeed,
  epssFeed,
  kevFeed,
  distributionNotices,
  distributionLists,
  redHatVexFeed,
  gentooGlsaFeed,
  nodejsCoreFeed,
  vulnrichmentFeed,
  advisoryShard,
  forgedShard,
  advisoryImport,
  databaseManifest,
  debianRelease,
  debianIndex,
  debianChangelog,
  debianPool,
  aptConfiguration,
  vexDocuments,
  exceptionLists,
  userPatterns,
  expressions,
  admissionPolicies,
  attestationFile,
  evidenceFile,
  baselineFile,
  sbomJson,
  sbomText,
  reportTexts,
  savedReport,
  complianceStatements,
  secretSearch,
  secretSettings,
  secretPattern,
  dockerfiles,
  imageSteps,
  malwareRuleFile,
  malwareFile,
  malwareHashList,
  configurationEdits,
  dockerfileEdits,
  requirementsEdits,
  manifestEdits,
  ...catalogerTargets,
  checkedFiles,
  manifests,
  cluster,
  uploads,
  clusterState,
  yamlDocuments,
  dnsMessages,
  runtimeRules,
  sensorRecords,
  recordingLines,
  foreignEvents,
];

export function findTarget(id: string): FuzzTarget | undefined {
  return targets.find((target) => target.id === id);
}

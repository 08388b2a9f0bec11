import type { Readable } from 'node:stream';
import type { Kysely } from 'kysely';
import type { Result } from '#foundation/index.ts';
import {
  type BackupHeader,
  type DatabaseLocation,
  type OpenedDatabase,
  openDatabase,
  restoreDatabase,
} from '#postgres/index.ts';
import { migrations } from './migrations/index.ts';
import type { Tables } from './tables/index.ts';

export {
  type Account,
  type AccountChange,
  addAccount,
  type Credentials,
  changeAccount,
  findAccount,
  findAccountByName,
  findCredentials,
  hasAdministrator,
  listAccounts,
  removeAccount,
  setPassword,
} from './stores/accounts.ts';
export {
  confirmTotp,
  proposedTotp,
  proposeTotp,
  removeTotp,
  replaceRecoveryCodes,
  useRecoveryCode,
  useTotpStep,
} from './stores/accounts-second-factor.ts';
export { changeMatched, closeMatched } from './stores/advisories/close.ts';
export {
  type ConcernedPackages,
  concernedPackages,
  ecosystemsMet,
  type KeptPackage,
  packagesByUrl,
  type UnmatchedArtifact,
  unmatchedArtifact,
} from './stores/advisories/concerned.ts';
export { markExploited, openVulnerabilities } from './stores/advisories/exploited.ts';
export {
  advisoryState,
  matchAgain,
  noteAdvisoryState,
  noteMatched,
  type ToldPlace,
  toldPlaces,
} from './stores/advisories/matched.ts';
export { type MatchedVulnerability, openMatched } from './stores/advisories/open.ts';
export { findAsset, isVisibleArtifact, listArtifacts, listAssets } from './stores/assets-read.ts';
export {
  type AuditEntry,
  type AuditRecord,
  type AuditVerification,
  listAudit,
  recordAudit,
  verifyAudit,
} from './stores/audit.ts';
export {
  activeRules,
  addChannel,
  addRule,
  changeChannel,
  changeRule,
  findChannel,
  findRule,
  findThread,
  listChannels,
  listRules,
  noteThread,
  removeChannel,
  removeRule,
  type StoredChannel,
  type StoredRule,
  type TeamReach,
} from './stores/channels.ts';
export {
  addAttestation,
  countAssets,
  currentAssessments,
  type EvidenceScope,
  findAttestation,
  heardAttestations,
  type KeptAssessment,
  keepAssessment,
  listAttestations,
  revokeAttestation,
  type StandingFinding,
  type StoredAttestation,
  standingFindings,
} from './stores/compliance.ts';
export { reopenExpired } from './stores/decisions-expiry.ts';
export {
  attemptsOf,
  DELIVER,
  type EventWithFacts,
  eventsOfDelivery,
  eventsOfTeam,
  findDelivery,
  gather,
  isBehindAnother,
  listDeliveries,
  recordAttempt,
  removeOldDeliveries,
  replay,
  type StoredDelivery,
  takeDelivery,
  takeUnrouted,
} from './stores/deliveries.ts';
export { acceptCluster } from './stores/estate/cluster.ts';
export { exposeRepositories, refreshExposure, repositoriesRunBy, setAsset } from './stores/estate/exposure.ts';
export { acceptHost } from './stores/estate/host.ts';
export { rankedFindings, setRanks } from './stores/estate/ranks.ts';
export {
  estateCounts,
  findHost,
  findImage,
  findingsOf,
  findWorkload,
  layersOf,
  listClusters,
  listContainers,
  listHosts,
  listImages,
  listListeners,
  listNamespaces,
  listWorkloads,
  tagsOf,
} from './stores/estate/read.ts';
export { assetsOfDigests, refreshAsset } from './stores/estate/told.ts';
export {
  addApproval,
  addException,
  addExceptionEvent,
  approvedExceptions,
  currentExceptionPolicy,
  type ExceptionActor,
  type ExceptionReader,
  type ExceptionRow,
  exceptionEvents,
  exceptionPolicyVersion,
  exceptionStanding,
  exceptionsNearEnd,
  findException,
  findingsHiddenBy,
  findingsWithin,
  listExceptions,
  mayRead,
  previewScope,
  setExceptionPolicy,
  updateException,
} from './stores/exceptions.ts';
export { type AppliedChange, applyChange } from './stores/finding-changes.ts';
export {
  countFindings,
  type FindingGroups,
  type FindingOrder,
  type FindingSelection,
  findingOrders,
  frequentIn,
  groupFindings,
  isPlaceOf,
  type ListedFinding,
  listFindings,
} from './stores/findings/list.ts';
export {
  accountExists,
  eventsOf,
  type FoundFinding,
  findFinding,
  occurrencesOf,
  visibleFindings,
} from './stores/findings/read.ts';
export {
  addGrant,
  findGrant,
  type GrantedRole,
  grantsOf,
  grantsOfTeam,
  listGrants,
  removeGrant,
} from './stores/grants.ts';
export {
  addMember,
  addTeam,
  findTeam,
  isMember,
  listMembers,
  listTeams,
  removeMember,
  removeTeam,
  renameTeam,
  type Team,
  teamsOf,
} from './stores/grants-teams.ts';
export { claimKey, forgetKeys, type IdempotentRequest, keepAnswer, releaseKey } from './stores/idempotency.ts';
export {
  addExternalIdentity,
  addProvider,
  changeProvider,
  findExternalIdentity,
  findProvider,
  type IdentityProvider,
  listProviders,
  peopleWithEmail,
  removeProvider,
  replaceProvided,
} from './stores/identity-providers.ts';
export { type ClaimedJob, claimJob, enqueue, failJob, finishJob, type NewJob, unlessAtWork } from './stores/jobs.ts';
export { answerLesson, lessonsOf, type RuleCount, ruleCounts, teamLessons } from './stores/lessons.ts';
export {
  isLostPlace,
  type LiveAudience,
  type LiveEvent,
  type LivePlace,
  liveEnd,
  liveEvents,
  removeOldLiveEvents,
} from './stores/live.ts';
export { type NewEvent, publish, publishDue, ROUTE_EVENTS } from './stores/outbox.ts';
export {
  applyOwnership,
  applyOwnershipTo,
  currentOwnershipRules,
  previewOwnership,
  replaceOwnershipRules,
} from './stores/ownership.ts';
export { removeUnusedSets } from './stores/packages.ts';
export { listPackages, packageNames, wherePackage } from './stores/packages-read.ts';
export {
  addPasskey,
  canSignIn,
  listPasskeys,
  lockPasskey,
  notePasskeyUse,
  removePasskey,
  renamePasskey,
} from './stores/passkeys.ts';
export {
  addPolicyBinding,
  addPolicyVersion,
  listPolicyBindings,
  type OwnPolicy,
  ownPolicies,
  policyVerdicts,
  policyVersions,
  removePolicyBinding,
  type StoredBinding,
} from './stores/policies.ts';
export {
  addCampaign,
  burnDown,
  campaignProgress,
  closeCampaign,
  findCampaign,
  listCampaigns,
  openCampaigns,
  refreshCampaign,
  type StoredCampaign,
} from './stores/program/campaigns.ts';
export { forgetDays, measureAsset, unmeasuredAssets } from './stores/program/measure.ts';
export {
  addCheckIn,
  addObjective,
  changeObjective,
  findObjective,
  listCheckIns,
  listObjectives,
  objectivesToCheck,
  removeObjective,
  type StoredObjective,
} from './stores/program/objectives.ts';
export {
  assetDays,
  type DayFacts,
  findingDays,
  type MetricGroup,
  type MetricScope,
  measuredAt,
} from './stores/program/read.ts';
export {
  addRegistry,
  changeRegistry,
  findRegistry,
  findRegistryImage,
  followTags,
  type ImagePlace,
  knownRepositories,
  listRegistries,
  listRegistryImages,
  notePolled,
  noteScanned,
  reconcileRepository,
  removeRegistry,
  requestRescans,
  SCAN_IMAGE,
  type StoredRegistry,
  takeDueRegistries,
} from './stores/registries.ts';
export {
  type AcceptedReport,
  acceptReport,
  type Delivery,
  lastReportAt,
  type RefusedReport,
} from './stores/reports.ts';
export {
  addLink,
  addSession,
  endSession,
  endSessionByHash,
  endSessions,
  type FoundSession,
  findSession,
  listSessions,
  lockFailures,
  removeExpired,
  removeLinks,
  type SignInFailures,
  setFailures,
  takeLink,
  touchSession,
} from './stores/sessions.ts';
export { addChallenge, takeChallenge } from './stores/sign-in-challenges.ts';
export { applySla, assetsAfter, currentSla, previewSla, replaceSla } from './stores/sla.ts';
export { dataSources, lastMigration, type SystemFigures, systemFigures } from './stores/system.ts';
export {
  activeTrackers,
  addConflict,
  addTracker,
  changeTracker,
  conflictsOf,
  enqueueTicketComment,
  enqueueTicketUpdates,
  findingForTicket,
  findTicket,
  findTracker,
  listTickets,
  listTrackers,
  notePoll,
  noteRemote,
  noteTicketError,
  removeTracker,
  requestTicket,
  type StoredTicket,
  type StoredTracker,
  TICKET_JOBS,
  ticketByKey,
  usableTrackers,
} from './stores/tickets.ts';
export {
  addToken,
  addTrustRule,
  findToken,
  findTrustRule,
  findUsableToken,
  type ListedToken,
  listTokens,
  listTrustRules,
  removeTrustRule,
  revokeToken,
  type TrustRule,
  touchToken,
  trustRulesOf,
} from './stores/tokens.ts';
export {
  addView,
  countViews,
  findView,
  listViews,
  removeView,
  updateView,
  type ViewRow,
} from './stores/views.ts';
export type { Tables } from './tables/index.ts';
export type { ProviderRule } from './tables/sign-in.ts';

/** Where stores put their queries: the database, or a transaction on it. */
export type Query = Kysely<Tables>;

/** Opens the database of a server, with all its tables. Errors are whole sentences. */
export function openStorage(location: DatabaseLocation): Promise<Result<OpenedDatabase<Tables>>> {
  return openDatabase<Tables>(location, migrations);
}

/** Brings a backup back into a database that is empty. Errors are whole sentences. */
export function restoreStorage(location: DatabaseLocation, source: Readable): Promise<Result<BackupHeader>> {
  return restoreDatabase(location, migrations, source);
}

import type { AuditEntryTable } from './audit.ts';
import type { AttestationTable, OwnPolicyTable, PolicyBindingTable, ReportAssessmentTable } from './compliance.ts';
import type {
  AdvisoryStateTable,
  ArtifactPackageSetTable,
  ArtifactPackageView,
  ArtifactTable,
  AssetTable,
  PackageSetMemberTable,
  PackageSetTable,
  PackageTable,
  TagTable,
  TeamTable,
} from './estate.ts';
import type {
  ExceptionApprovalTable,
  ExceptionEventTable,
  ExceptionPolicyTable,
  ExceptionTable,
} from './exceptions.ts';
import type { FindingTallyTable } from './finding-tally.ts';
import type { FindingEventTable, FindingTable, OccurrenceTable } from './findings.ts';
import type { IdempotencyKeyTable } from './idempotency.ts';
import type {
  AccessGrantTable,
  AccountTable,
  ApiTokenTable,
  RecoveryCodeTable,
  SessionTable,
  SignInFailureTable,
  SignInLinkTable,
  TeamMemberTable,
  TrustRuleTable,
} from './identity.ts';
import type { FindingAliasTable, OwnershipRulesTable, ReportTable, SlaPolicyTable } from './ingest.ts';
import type { JobTable } from './jobs.ts';
import type { LessonAnswerTable } from './lessons.ts';
import type { LiveEventTable } from './live.ts';
import type {
  ChannelTable,
  ChannelThreadTable,
  DeliveryAttemptTable,
  DeliveryEventTable,
  DeliveryTable,
  NotificationRuleTable,
} from './notifications.ts';
import type { OutboxEventTable } from './outbox.ts';
import type {
  CampaignFindingTable,
  CampaignTable,
  CampaignTeamTable,
  ObjectiveCheckInTable,
  ObjectiveTable,
  ProgramAssetDayTable,
  ProgramDayTable,
  ProgramMeasuredTable,
} from './program.ts';
import type { RegistryImageTable, RegistryTable } from './registries.ts';
import type {
  ClusterTable,
  ContainerTable,
  HostTable,
  ListenerTable,
  NamespaceTable,
  WorkloadTable,
} from './runtime-estate.ts';
import type { ExternalIdentityTable, IdentityProviderTable, PasskeyTable, SignInChallengeTable } from './sign-in.ts';
import type { TicketConflictTable, TicketTable, TrackerTable } from './tickets.ts';
import type { SavedViewTable } from './views.ts';

/** Every table, by its name. */
export interface Tables {
  readonly team: TeamTable;
  readonly asset: AssetTable;
  readonly artifact: ArtifactTable;
  readonly tag: TagTable;
  readonly package: PackageTable;
  readonly artifact_package: ArtifactPackageView;
  readonly package_set: PackageSetTable;
  readonly package_set_member: PackageSetMemberTable;
  readonly artifact_package_set: ArtifactPackageSetTable;
  readonly advisory_state: AdvisoryStateTable;
  readonly cluster: ClusterTable;
  readonly namespace: NamespaceTable;
  readonly workload: WorkloadTable;
  readonly host: HostTable;
  readonly container: ContainerTable;
  readonly listener: ListenerTable;
  readonly registry: RegistryTable;
  readonly registry_image: RegistryImageTable;
  readonly finding: FindingTable;
  readonly finding_tally: FindingTallyTable;
  readonly occurrence: OccurrenceTable;
  readonly finding_event: FindingEventTable;
  readonly audit_entry: AuditEntryTable;
  readonly exception: ExceptionTable;
  readonly exception_approval: ExceptionApprovalTable;
  readonly exception_event: ExceptionEventTable;
  readonly exception_policy: ExceptionPolicyTable;
  readonly saved_view: SavedViewTable;
  readonly idempotency_key: IdempotencyKeyTable;
  readonly passkey: PasskeyTable;
  readonly sign_in_challenge: SignInChallengeTable;
  readonly identity_provider: IdentityProviderTable;
  readonly external_identity: ExternalIdentityTable;
  readonly job: JobTable;
  readonly live_event: LiveEventTable;
  readonly outbox_event: OutboxEventTable;
  readonly channel: ChannelTable;
  readonly notification_rule: NotificationRuleTable;
  readonly delivery: DeliveryTable;
  readonly delivery_event: DeliveryEventTable;
  readonly delivery_attempt: DeliveryAttemptTable;
  readonly channel_thread: ChannelThreadTable;
  readonly tracker: TrackerTable;
  readonly ticket: TicketTable;
  readonly ticket_conflict: TicketConflictTable;
  readonly report: ReportTable;
  readonly finding_alias: FindingAliasTable;
  readonly sla_policy: SlaPolicyTable;
  readonly ownership_rules: OwnershipRulesTable;
  readonly account: AccountTable;
  readonly team_member: TeamMemberTable;
  readonly recovery_code: RecoveryCodeTable;
  readonly sign_in_link: SignInLinkTable;
  readonly session: SessionTable;
  readonly api_token: ApiTokenTable;
  readonly sign_in_failure: SignInFailureTable;
  readonly access_grant: AccessGrantTable;
  readonly trust_rule: TrustRuleTable;
  readonly lesson_answer: LessonAnswerTable;
  readonly report_assessment: ReportAssessmentTable;
  readonly attestation: AttestationTable;
  readonly own_policy: OwnPolicyTable;
  readonly policy_binding: PolicyBindingTable;
  readonly program_day: ProgramDayTable;
  readonly program_asset_day: ProgramAssetDayTable;
  readonly program_measured: ProgramMeasuredTable;
  readonly objective: ObjectiveTable;
  readonly objective_check_in: ObjectiveCheckInTable;
  readonly campaign: CampaignTable;
  readonly campaign_team: CampaignTeamTable;
  readonly campaign_finding: CampaignFindingTable;
}

import type { AuditEntryTable } from './audit.ts';
import type { ArtifactPackageTable, ArtifactTable, AssetTable, PackageTable, TagTable, TeamTable } from './estate.ts';
import type { FindingEventTable, FindingTable, OccurrenceTable } from './findings.ts';
import type { JobTable } from './jobs.ts';

/** Every table, by its name. */
export interface Tables {
  readonly team: TeamTable;
  readonly asset: AssetTable;
  readonly artifact: ArtifactTable;
  readonly tag: TagTable;
  readonly package: PackageTable;
  readonly artifact_package: ArtifactPackageTable;
  readonly finding: FindingTable;
  readonly occurrence: OccurrenceTable;
  readonly finding_event: FindingEventTable;
  readonly audit_entry: AuditEntryTable;
  readonly job: JobTable;
}

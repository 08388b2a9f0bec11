import type { FindingState } from '#findings/index.ts';
import type { Severity } from '#model/index.ts';

/** How many findings of each sort an asset has, kept by the database itself. */
export interface FindingTallyTable {
  readonly asset_id: string;
  readonly kind: string;
  readonly severity: Severity;
  readonly state: FindingState;
  readonly findings: number;
}

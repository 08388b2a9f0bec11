import type { SavedFinding, SavedReport } from '#scan/index.ts';

/** A finding, and the report that it stands in. */
export interface ReportedFinding {
  readonly report: SavedReport;
  readonly finding: SavedFinding;
}

/** All reports, with their findings sorted once for hundreds of controls that ask for a few of them. */
export class ScanEvidence {
  readonly reports: readonly SavedReport[];
  readonly #byKind: ReadonlyMap<string, readonly ReportedFinding[]>;
  readonly #byCheck: ReadonlyMap<string, readonly ReportedFinding[]>;

  constructor(reports: readonly SavedReport[]) {
    const all = reports.flatMap((report) => report.findings.map((finding) => ({ report, finding })));
    this.reports = reports;
    this.#byKind = Map.groupBy(all, ({ finding }) => finding.kind);
    this.#byCheck = Map.groupBy(this.ofKind('misconfiguration'), ({ finding }) => finding.id);
  }

  ofKind(kind: string): readonly ReportedFinding[] {
    return this.#byKind.get(kind) ?? [];
  }

  ofChecks(ids: readonly string[]): ReportedFinding[] {
    return ids.flatMap((id) => this.#byCheck.get(id) ?? []);
  }
}

import type { ComplianceReport } from '../report.ts';

/** Turns a report into one format. Pure: same report and options, same bytes. Texts are hostile; each format makes them harmless. */
export interface ComplianceFormat {
  /** What `--format` takes. */
  readonly id: string;
  readonly title: string;
  render(report: ComplianceReport, options: FormatOptions): Iterable<string>;
}

export interface FormatOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Everything where the format would otherwise name the foremost. */
  readonly verbose: boolean;
}

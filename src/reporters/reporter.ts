import type { Unit } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';

/**
 * Turns a scan report into one output format. Pure: same report and options, same bytes. Texts of the report come from scanned
 * content and feeds and are hostile; each reporter makes them harmless in its own format.
 */
export interface Reporter extends Unit {
  readonly mediaType: string;
  /** With the dot: `.sarif.json`. */
  readonly fileExtension: string;
  /** Text is produced in pieces so that a report on 100,000 findings is never one string. */
  render(report: ScanReport, options: ReporterOptions): Iterable<string>;
}

export interface ReporterOptions {
  /** ANSI colours are wanted; only ever true on a terminal. */
  readonly color: boolean;
  /** Columns of the terminal; 80 where unknown. */
  readonly width: number;
  /** Show all rows where the format would otherwise summarise. */
  readonly verbose: boolean;
  /** Say of each decision of a policy which facts decided and what would change it. */
  readonly explain?: boolean;
  /**
   * For `plimsoll sbom`: nobody looked for vulnerabilities, so the output says nothing about them at all. An empty list would
   * say that there are none.
   */
  readonly inventoryOnly?: boolean;
}

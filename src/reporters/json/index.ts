import { pathsIn } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { jsonText, lazily, Rows } from '../json-text.ts';
import type { Reporter, ReporterOptions } from '../reporter.ts';
import { inKeyOrder } from './key-order.ts';

export const json: Reporter = {
  id: 'json',
  title: 'The whole report as JSON, one package or finding a line',
  references: ['https://www.rfc-editor.org/rfc/rfc8259'],
  maturity: 'stable',
  mediaType: 'application/json',
  fileExtension: '.json',
  render: (report, options) => jsonText(document(report, options)),
};

function document(report: ScanReport, options: ReporterOptions): unknown {
  const ordered = (part: unknown): unknown => inKeyOrder(part, options.verbose ? withFileList : withoutFiles);
  return {
    schema: report.schema,
    tool: ordered(report.tool),
    createdAt: report.createdAt,
    assessment: report.assessment,
    artifact: ordered(report.artifact),
    scanners: options.inventoryOnly ? [] : report.scanners,
    distribution: ordered(report.distribution),
    verdict: options.inventoryOnly ? undefined : ordered(report.verdict),
    checks: options.inventoryOnly ? undefined : ordered(report.checks),
    sources: ordered(report.sources),
    unassessed: ordered(report.unassessed),
    problems: ordered(report.problems),
    statistics: ordered(report.statistics),
    findings: options.inventoryOnly
      ? undefined
      : new Rows(lazily(report.findings, (one) => inKeyOrder(one, withoutBulk))),
    packages: new Rows(lazily(report.packages, ordered)),
  };
}

/** A package's path list is most of a report's bytes and of little use in it: it is written on request only, as an array. */
function withoutFiles(key: string, value: unknown): unknown {
  return key === 'files' ? undefined : value;
}

/** The package of a finding stands whole among the packages: what is linked into a large program is not repeated for each finding. */
function withoutBulk(key: string, value: unknown): unknown {
  return key === 'symbols' ? undefined : withoutFiles(key, value);
}

function withFileList(key: string, value: unknown): unknown {
  return key === 'files' && typeof value === 'string' ? pathsIn(value as Parameters<typeof pathsIn>[0]) : value;
}

import { printable } from '#foundation/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { jsonText, lazily, Rows } from '../json-text.ts';
import type { Reporter } from '../reporter.ts';
import { decisionsOf } from './decisions.ts';
import { cutForCodeScanning, limits } from './limits.ts';
import { notifications } from './notifications.ts';
import { result, resultContext, uriBases } from './results.ts';
import { rule } from './rules.ts';

export const sarif: Reporter = {
  id: 'sarif',
  title: 'SARIF 2.1.0: for code scanning services and editors',
  references: [
    'https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html',
    'https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning',
  ],
  maturity: 'stable',
  mediaType: 'application/sarif+json',
  fileExtension: '.sarif.json',
  render: (report) => jsonText(document(report)),
};

function document(report: ScanReport): unknown {
  const { kept, rules, omissions } = cutForCodeScanning(report.findings, limits);
  const context = resultContext(report, rules);
  const decisions = decisionsOf(report, context, rules.size);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Plimsoll',
            fullName: `Plimsoll ${report.tool.version}`,
            version: report.tool.version,
            semanticVersion: report.tool.version,
            shortDescription: { text: 'Container security: what is aboard, what is wrong, what may sail.' },
            rules: new Rows(joined(lazily(rules.values(), rule), decisions.rules)),
          },
        },
        automationDetails: { id: `plimsoll/findings/${printable(report.artifact.name)}/` },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: {
          [uriBases.image]: { description: { text: `The root of ${printable(report.artifact.name)}` } },
          [uriBases.repository]: { description: { text: 'The top of the repository' } },
        },
        invocations: [
          {
            executionSuccessful: true,
            endTimeUtc: report.createdAt,
            toolExecutionNotifications: notifications(report, omissions),
          },
        ],
        results: new Rows(
          joined(
            lazily(kept, (one) => result(one, context)),
            decisions.results,
          ),
        ),
        properties: {
          assessment: report.assessment,
          sources: report.sources.map((one) => `${one.source} as of ${one.asOf}`),
        },
      },
    ],
  };
}

function* joined(...lists: readonly Iterable<unknown>[]): Iterable<unknown> {
  for (const list of lists) yield* list;
}

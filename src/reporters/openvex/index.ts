import type { ScanReport } from '#scan/index.ts';
import { reportUuid } from '../identity.ts';
import { jsonText, Rows } from '../json-text.ts';
import type { Reporter } from '../reporter.ts';
import { statements } from './statements.ts';

/** What the format's own tools write where nobody is named. A scan does not know who will sign for the document. */
const AUTHOR = 'Unknown Author';

export const openvex: Reporter = {
  id: 'openvex',
  title: 'OpenVEX 0.2.0: what was decided about each vulnerability',
  references: [
    'https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md',
    'https://github.com/openvex/spec/blob/main/openvex_json_schema.json',
  ],
  maturity: 'incubating',
  mediaType: 'application/vnd.openvex+json',
  fileExtension: '.openvex.json',
  render: (report) => jsonText(document(report)),
};

/**
 * Says what the format has words for: vulnerabilities and decisions. What could not be assessed it cannot say. A report without
 * vulnerabilities has no statements: the schema asks for one, but a statement needs a vulnerability that it is about, and the format's own
 * library makes and reads documents without.
 */
function document(report: ScanReport): unknown {
  return {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': `urn:uuid:${reportUuid(report, 'openvex')}`,
    author: AUTHOR,
    timestamp: report.createdAt,
    version: 1,
    tooling: `${report.tool.name} ${report.tool.version}`,
    statements: new Rows(statements(report)),
  };
}

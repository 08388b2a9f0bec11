import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import * as ajvFormats from 'ajv-formats';
import { memoryContent } from '#foundation/index.ts';
import { readSbom } from '#inventory/index.ts';
import { spdxExceptionIds, spdxLicenceIds } from '#licences/spdx-list.ts';
import { type Reporter, reporters, sbomReporters } from '#reporters/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { fullReport } from '../kit/full-report.ts';
import { withForeignWords } from '../kit/hostile-words.ts';
import { cyclonedxSchema, listedLicenceIds, sarifSchema, schemaSkip } from '../kit/published-schemas.ts';
import { cleanReport, hostileReport, hostileText, installed, largeReport, sampleReport } from '../kit/report.ts';
import { closedSchema, schemaDocument } from '../kit/schema-document.ts';
import { assertMatchesFile } from '../kit/snapshot.ts';
import { spdxFaults } from '../kit/spdx-rules.ts';
import { spdx3Faults } from '../kit/spdx3-rules.ts';
import { sampleVerdict } from '../kit/verdict.ts';
import { cyclonedxXmlFaults, xmlSchemaSkip } from '../kit/xml-schema.ts';

const schemaFile: unknown = JSON.parse(
  readFileSync(new URL('../../docs/reference/scan-report.schema.json', import.meta.url), 'utf8'),
);
const { kind: _kind, ...sampleArtifact } = sampleReport().artifact;
const inputs: Readonly<Record<string, ScanReport>> = {
  'a small image': sampleReport(),
  'nothing found': cleanReport(),
  'findings of every kind': fullReport(),
  'hostile content': hostileReport(),
  'hostile content in findings of every kind': withForeignWords(fullReport(), (text) => `${text}${hostileText}`),
  'many findings': largeReport(2_000),
  'decisions of policies': sampleReport({ verdict: sampleVerdict() }),
  'no package': cleanReport({ packages: [] }),
  'a tree': sampleReport({ artifact: { kind: 'tree', name: '/srv/root', scheme: 'rootfs', tags: [], layers: [] } }),
  'an archive without manifest': sampleReport({
    artifact: { kind: 'image', ...sampleArtifact, scheme: 'archive', name: 'image.tar', tags: [] },
  }),
  'the same package twice': cleanReport({
    packages: [
      installed({ name: 'twin', version: '1' }),
      installed({ name: 'twin', version: '1', origin: { path: 'var/lib/dpkg/status.d/twin' } }),
    ],
  }),
  'packages that need each other': cleanReport({
    packages: [
      installed({
        name: 'app',
        version: '1',
        type: 'npm',
        purl: 'pkg:npm/app@1',
        dependencies: ['leaf@2', 'absent@3'],
        scope: 'runtime',
      }),
      installed({ name: 'leaf', version: '2', type: 'npm', purl: 'pkg:npm/leaf@2', scope: 'development' }),
      installed({ name: 'unpinned', version: '', type: 'pypi', purl: 'pkg:pypi/unpinned' }),
    ],
  }),
};

describe('reports are valid by their published schemas', () => {
  const cyclonedx = cyclonedxSchema();
  const sarif = sarifSchema();
  const own = ownSchema();
  for (const [name, report] of Object.entries(inputs)) {
    test(`CycloneDX 1.6: ${name}`, { skip: schemaSkip(cyclonedx, 'CycloneDX') }, () => {
      for (const reporter of [byId(reporters, 'cyclonedx'), byId(sbomReporters, 'cyclonedx')]) {
        const document = parsed(reporter, report);
        assert.ok(cyclonedx?.(document), JSON.stringify(cyclonedx?.errors?.slice(0, 5)));
      }
    });
    test(`SARIF 2.1.0: ${name}`, { skip: schemaSkip(sarif, 'SARIF') }, () => {
      assert.ok(sarif?.(parsed(byId(reporters, 'sarif'), report)), JSON.stringify(sarif?.errors?.slice(0, 5)));
    });
    test(`CycloneDX 1.6 XML: ${name}`, { skip: xmlSchemaSkip() }, () => {
      for (const reporter of [byId(reporters, 'cyclonedx-xml'), byId(sbomReporters, 'cyclonedx-xml')]) {
        assert.equal(cyclonedxXmlFaults(rendered(reporter, report)), '');
      }
    });
    test(`SPDX 2.3 tag-value says what the JSON form says: ${name}`, () => {
      const members = (id: string) => {
        const document = readSbom(memoryContent(Buffer.from(rendered(byId(reporters, id), report))));
        assert.ok(document.ok);
        return { ...document.value, encoding: undefined };
      };
      // A line cannot hold what JSON can.
      if (!name.startsWith('hostile')) assert.deepEqual(members('spdx-tag-value'), members('spdx'));
    });
    test(`SPDX 3.0.1: ${name}`, () => {
      assert.deepEqual(spdx3Faults(parsed(byId(reporters, 'spdx3'), report)), []);
    });
    test(`SPDX 2.3: ${name}`, () => {
      assert.deepEqual(spdxFaults(parsed(byId(reporters, 'spdx'), report)), []);
    });
    test(`scan report: ${name}`, () => {
      for (const reporter of [byId(reporters, 'json'), byId(sbomReporters, 'json')]) {
        assert.ok(own(parsed(reporter, report)), JSON.stringify(own.errors?.slice(0, 5)));
      }
    });
  }
});

test('the licence ids are those of the published list', { skip: schemaSkip(listedLicenceIds(), 'CycloneDX') }, () => {
  const listed = listedLicenceIds() ?? [];
  const ours = [...spdxLicenceIds, ...spdxExceptionIds];
  assert.deepEqual(ours.toSorted(), listed.toSorted());
  assert.equal(new Set(ours).size, ours.length);
});

test('the documentation page says what the schema says', () => {
  const introduction = `
What \`plimsoll scan TARGET --format json\` writes, for programs to read. The same as a JSON schema:
[scan-report.schema.json](scan-report.schema.json). This page is made from it.

- The text is UTF-8 JSON; the report’s own members stand in the order given here, those of its parts in an order that is always the
  same; findings and packages stand one a line, so that two reports can be compared with \`diff\` and searched with \`grep\`.
- \`findings\` are of five kinds: look at \`kind\` first. Other kinds may be added; a finding of a kind that you do not know is a
  finding all the same. One whose \`decision\` closes it no longer counts and stays in the list.
- Members may be added within \`plimsoll.scan.v1\`: ignore what you do not know. A member that changes its meaning changes \`schema\`.
- A member that is optional is left out when there is nothing to say; null is never written.
- Texts come from scanned content and from feeds: treat them as hostile. Characters that act on a terminal are written as \`\\uXXXX\`.
- **Unknown is not clean**: read \`assessment\`, \`unassessed\` and \`problems\` before you conclude from few findings that there are few.

\`\`\`sh
plimsoll scan debian:12 --format json=report.json
jq -r '.findings[] | select(.kind == "vulnerability" and .state == "fixed") | [.id, .package.name, .fixedVersion] | @tsv' report.json
\`\`\`
`;
  const page = schemaDocument('The JSON report', introduction, schemaFile);
  assertMatchesFile(page, new URL('../../docs/reference/scan-report.md', import.meta.url));
});

function ownSchema() {
  const ajv = new Ajv({ allErrors: true, strict: true });
  ajvFormats.default.default(ajv);
  return ajv.compile(record(closedSchema(schemaFile)));
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function byId(list: readonly Reporter[], id: string): Reporter {
  const found = list.find((one) => one.id === id);
  assert.ok(found, id);
  return found;
}

function parsed(reporter: Reporter, report: ScanReport): unknown {
  return JSON.parse(rendered(reporter, report));
}

function rendered(reporter: Reporter, report: ScanReport): string {
  return [...reporter.render(report, { color: false, width: 80, verbose: false })].join('');
}

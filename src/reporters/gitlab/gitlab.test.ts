import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { fullReport } from '../../../test/kit/full-report.ts';
import { cleanReport, hostileReport, largeReport, sampleReport } from '../../../test/kit/report.ts';
import { sampleVerdict } from '../../../test/kit/verdict.ts';
import { gitlabContainerScanning } from '../gitlab-container-scanning/index.ts';
import { gitlabSast } from '../gitlab-sast/index.ts';
import { gitlab } from './index.ts';

const plain = { color: false, width: 80, verbose: false };
const inputs = {
  small: sampleReport(),
  clean: cleanReport(),
  full: fullReport(),
  hostile: hostileReport(),
  large: largeReport(1_000),
  verdict: cleanReport({ verdict: sampleVerdict() }),
  directory: fullReport({ artifact: { kind: 'tree', scheme: 'directory', name: './shop', tags: [], layers: [] } }),
};

const text = { type: 'string', minLength: 1 };
const object = (properties: object, optional: object = {}) => ({
  type: 'object',
  required: Object.keys(properties),
  properties: { ...properties, ...optional },
});
const list = (items: object) => ({ type: 'array', items });

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
const codeQuality = list(
  object({
    description: text,
    check_name: text,
    fingerprint: text,
    severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
    location: object({
      path: { ...text, pattern: '^[^/]' },
      lines: object({ begin: { type: 'integer', minimum: 1 } }),
    }),
  }),
);

const url = { type: 'string', pattern: '^https?://.+' };
const time = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$' };
const program = object({ id: text, name: text, version: text, vendor: object({ name: text }) });

/** The constraints of version 15.0.2 on the members that are written: https://gitlab.com/gitlab-org/security-products/security-report-schemas */
const securityReport = (type: string, location: object) =>
  object({
    version: { type: 'string', pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+$' },
    scan: object(
      {
        analyzer: program,
        scanner: program,
        start_time: time,
        end_time: time,
        status: { enum: ['success'] },
        type: { const: type },
      },
      { messages: list(object({ level: { enum: ['info', 'warn', 'fatal'] }, value: text })) },
    ),
    vulnerabilities: list(
      object(
        {
          id: text,
          identifiers: { ...list(object({ type: text, name: text, value: text }, { url })), minItems: 1 },
          location,
        },
        {
          name: { type: 'string', maxLength: 255 },
          description: { type: 'string', maxLength: 1_048_576 },
          severity: { enum: ['Info', 'Unknown', 'Low', 'Medium', 'High', 'Critical'] },
          solution: { type: 'string', maxLength: 7_000 },
          links: list(object({ url })),
        },
      ),
    ),
  });

const formats = [
  [gitlab, codeQuality],
  [
    gitlabContainerScanning,
    securityReport(
      'container_scanning',
      object({
        dependency: object({ package: object({ name: { type: 'string' } }), version: { type: 'string' } }),
        operating_system: text,
        image: text,
      }),
    ),
  ],
  [
    gitlabSast,
    securityReport('sast', object({ file: text, start_line: { type: 'integer' }, end_line: { type: 'integer' } })),
  ],
] as const;

const documentOf = (format: (typeof formats)[number][0], report = sampleReport()) =>
  JSON.parse([...format.render(report, plain)].join(''));

describe('reports for GitLab are valid', () => {
  for (const [format, schema] of formats) {
    const validate = new Ajv({ allErrors: true, unicodeRegExp: false }).compile(schema);
    for (const [name, report] of Object.entries(inputs))
      test(`${format.id}: ${name}`, () => {
        assert.ok(validate(documentOf(format, report)), JSON.stringify(validate.errors?.slice(0, 3)));
      });
  }
});

describe('what they say', () => {
  const { directory } = inputs;

  test('fingerprints tell issues apart and stay the same', () => {
    const prints = (report = fullReport()) =>
      documentOf(gitlab, report).map((one: { fingerprint: string }) => one.fingerprint);
    assert.equal(new Set(prints()).size, prints().length);
    assert.deepEqual(prints({ ...fullReport(), createdAt: '2027-01-01T00:00:00.000Z' }), prints());
  });

  test('two places with the same words are two issues', () => {
    const report = fullReport();
    const found = report.findings.filter(({ id }) => id === 'compose-privileged');
    const moved = found.map((one) =>
      one.kind === 'misconfiguration' ? { ...one, position: { line: 9, column: 1 } } : one,
    );
    const { verdict: _none, ...others } = report;
    const issues = documentOf(gitlab, { ...others, problems: [], unassessed: [], findings: [...found, ...moved] });
    assert.equal(new Set(issues.map((one: { fingerprint: string }) => one.fingerprint)).size, 2);
  });

  test('paths begin at the top of the repository', () => {
    const paths = documentOf(gitlab, directory).map((one: { location: { path: string } }) => one.location.path);
    assert.ok(paths.includes('shop/compose.yaml'), paths.join());
  });

  test('each finding is in the report of its kind', () => {
    const names = (format: (typeof formats)[number][0]) =>
      documentOf(format, directory).vulnerabilities.map(
        (one: { identifiers: { name: string }[] }) => one.identifiers[0]?.name,
      );
    assert.ok(names(gitlabContainerScanning).includes('CVE-2021-44906'));
    assert.ok(!names(gitlabContainerScanning).includes('compose-privileged'));
    assert.ok(names(gitlabSast).includes('compose-privileged'));
    assert.ok(!names(gitlabSast).some((name: string) => name.startsWith('CVE-')));
  });

  test('what is decided is in none', () => {
    for (const [format] of formats)
      assert.doesNotMatch(JSON.stringify(documentOf(format, directory)), /kubernetes-run-as-non-root/);
  });
});

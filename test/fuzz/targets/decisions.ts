import assert from 'node:assert/strict';
import { globPattern, regularExpression } from '#foundation/patterns/index.ts';
import { isClosing } from '#model/index.ts';
import { appendException, applyExceptions, parseBaseline, parseExceptions } from '#policy/index.ts';
import { applyVex, parseVex } from '#vulnerability/index.ts';
import { fileFinding, vulnerability } from '../../kit/findings.ts';
import { pkg } from '../../kit/matching.ts';
import { csafVex, cycloneDxVex, envelope, openVex } from '../../kit/vex.ts';
import { checkProblems, checkResult } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const IMAGE = `sha256:${'a'.repeat(64)}`;
const lodash = pkg('npm', 'lodash 4.17.20', { purl: 'pkg:npm/lodash@4.17.20', dependencies: ['leaf@1'] });
const leaf = pkg('npm', 'leaf 1', { purl: 'pkg:npm/leaf@1', dependencies: ['lodash@4.17.20'] });
const findings = [
  vulnerability('CVE-2024-1', lodash),
  vulnerability('CVE-2024-1', leaf),
  vulnerability('CVE-2024-2', lodash, { aliases: ['GHSA-1'] }),
  fileFinding('secret', 'aws-key', 'app/.env', { fingerprint: 'f1' }),
];
const context = { names: ['example.com/app:1'], digests: [IMAGE], packages: [lodash, leaf] };

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

export const vexDocuments: FuzzTarget = {
  id: 'vex-documents',
  title: 'OpenVEX, CycloneDX VEX, CSAF and attestations of them',
  form: 'json',
  seeds() {
    const statements = [
      {
        vulnerability: { name: 'CVE-2024-1', aliases: ['GHSA-1'] },
        products: [{ '@id': 'pkg:npm/lodash' }],
        status: 'fixed',
      },
      {
        vulnerability: 'CVE-2024-2',
        products: [{ '@id': `pkg:oci/app@${IMAGE}`, subcomponents: [{ '@id': 'pkg:npm/lodash' }] }],
        status: 'not_affected',
        justification: 'component_not_present',
      },
    ];
    const components = [{ type: 'library', 'bom-ref': 'a', name: 'lodash', purl: 'pkg:npm/lodash', components: [] }];
    const affects = [{ ref: 'a', versions: [{ range: 'vers:npm/>=1.0.0|<5.0.0' }] }];
    const cyclonedx = cycloneDxVex([{ id: 'CVE-2024-1', analysis: { state: 'not_affected' }, affects }], {
      components,
    });
    const csaf = csafVex({
      cve: 'CVE-2024-1',
      product_status: { known_not_affected: ['LIB', 'APP:LIB', 'RANGE'] },
      flags: [{ label: 'component_not_present', group_ids: ['ALL'] }],
    });
    const subject = [{ name: 'app', digest: { sha256: 'a'.repeat(64) } }];
    return [openVex(statements), cyclonedx, csaf, envelope(openVex(statements), subject)].map((each) =>
      Buffer.from(each),
    );
  },
  run(bytes) {
    const read = checkResult(parseVex(text(bytes), 'vex.json'));
    if (read === undefined) return;
    checkProblems(read.problems);
    for (const { vulnerabilities, products } of read.statements) {
      assert.ok(vulnerabilities.length > 0 && products.length > 0, 'a statement is about something');
    }
    const applied = applyVex(findings, read.statements, context);
    checkProblems(applied.problems);
    assert.equal(applied.findings.length, findings.length, 'no finding is taken away');
    for (const { decision } of applied.findings) {
      if (decision) assert.ok(decision.reason !== '' && decision.statedIn === 'vex.json');
    }
  },
};

const LISTS: readonly (readonly [file: string, text: string])[] = [
  [
    'exceptions.yaml',
    'version: 1\nexceptions: # ours\n  - id: [CVE-2024-1, "CVE-2024-*"]\n    package: pkg:npm/lodash\n    reason: |\n      long\n      words\n    expires: 2027-01-01\n  - {path: "app/**", kind: secret, reason: "x", until-fix: true, expires: 2026-01-01}\n',
  ],
  ['.trivyignore', '# why\nCVE-2024-1 exp:2027-01-01\naws-key # sample\n'],
  [
    '.trivyignore.yaml',
    'vulnerabilities:\n  - id: CVE-2024-1\n    purls: ["pkg:npm/lodash"]\n    paths: ["**/x"]\n    expired_at: 2027-01-01\nsecrets:\n  - id: aws-key\n',
  ],
  [
    '.grype.yaml',
    'ignore:\n  - vulnerability: CVE-2024-1\n    fix-state: unknown\n    package: {name: "lod(a|b)?s.*", type: npm, location: "/var/**"}\n',
  ],
  ['.gitleaksignore', 'app/.env:aws-key:1\n'],
];

/** The first line of an input says which format it is read as. */
export const exceptionLists: FuzzTarget = {
  id: 'exception-lists',
  title: 'exceptions of people, in all formats',
  form: 'text',
  seeds: () => LISTS.map(([file, list]) => Buffer.from(`${file}\n${list}`)),
  maxBytes: 32 * 1024,
  run(bytes) {
    const whole = text(bytes);
    const newline = whole.indexOf('\n');
    const list = whole.slice(newline + 1);
    for (const [file] of LISTS.filter(([name]) => newline === -1 || whole.startsWith(name))) {
      const { exceptions, problems } = parseExceptions(list, file);
      for (const { code, effect } of problems) assert.deepEqual([code, effect], ['exception-invalid', 'degraded']);
      const applied = applyExceptions(findings, exceptions, { artifact: ['app:1'], today: '2026-06-15' });
      checkProblems(applied.problems);
      assert.equal(applied.findings.length, findings.length, 'no finding is taken away');
      for (const { decision } of applied.findings) {
        if (decision) assert.ok(isClosing(decision) && decision.reason !== '' && decision.statedIn.startsWith(file));
      }
    }
    const entry = { id: 'CVE-2030-1', reason: 'r', expires: '2031-01-01' };
    const added = checkResult(appendException(list, entry, 'exceptions.yaml'));
    if (added === undefined) return;
    const ids = parseExceptions(added, 'exceptions.yaml').exceptions.map(({ name }) => name);
    assert.ok(ids.includes('CVE-2030-1'), 'what was added is there');
  },
};

/** A glob or regular expression on the first line, a text for it on the rest. */
export const userPatterns: FuzzTarget = {
  id: 'user-patterns',
  title: 'globs and regular expressions of people: linear, and as the platform reads them',
  form: 'text',
  seeds: () =>
    [
      'linux(-.*)?-headers-.*\nlinux-aws-headers-1',
      '^(a+)+$\naaaaaaaaaaaaaaaaaaaaaaaa!',
      'usr/**/[a-z]{x,y}*\nusr/lib/ax',
      '(a|b){2,5}c\\d\nababc1',
    ].map((each) => Buffer.from(each)),
  run(bytes) {
    const [pattern = '', ...rest] = text(bytes).split('\n');
    const subject = rest.join('\n');
    const glob = checkResult(globPattern(pattern));
    if (glob) assert.equal(typeof glob.matches(subject), 'boolean');
    const expression = checkResult(regularExpression(pattern));
    if (expression) assert.equal(typeof expression.matches(subject), 'boolean');
  },
};

export const baselineFile: FuzzTarget = {
  id: 'baseline-file',
  title: 'baselines of findings',
  form: 'json',
  seeds: () => [
    Buffer.from('{"schema":"plimsoll.baseline.v1","createdAt":"2026-01-01","artifact":"a","findings":["secret:a:f1"]}'),
  ],
  run(bytes) {
    const baseline = checkResult(parseBaseline(text(bytes), 'baseline.json'));
    if (baseline) assert.ok(baseline.findings.every((key) => typeof key === 'string'));
  },
};

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FindingBase } from '#model/index.ts';
import { fileFinding, vulnerability } from '../../../test/kit/findings.ts';
import { pkg } from '../../../test/kit/matching.ts';
import { applyExceptions, parseExceptions } from '../index.ts';

const context = { artifact: ['registry.example.com/shop/checkout:1.4'], today: '2026-06-15T12:00:00Z' };
const curl = pkg('deb', 'libcurl4 7.88.1-10', {
  source: 'curl 7.88.1-10',
  purl: 'pkg:deb/debian/libcurl4@7.88.1-10?arch=amd64&distro=debian-12',
});

/** `state (who) file:line` of what is decided, `-` of what is not, with the codes of problems behind. */
function decide(text: string, findings: readonly FindingBase[], file = 'exceptions.yaml'): string {
  const { exceptions, problems } = parseExceptions(text, file);
  const applied = applyExceptions(findings, exceptions, context);
  const states = applied.findings.map(({ decision }) => decision?.state ?? '-');
  return [...states, ...[...problems, ...applied.problems].map(({ code }) => code)].join(' ');
}

const entry = (members: string): string => `exceptions:\n  - {${members}, reason: r, expires: 2027-01-01}\n`;

describe('what an entry is for', () => {
  const table: [members: string, finding: FindingBase, holds: boolean][] = [
    ['id: CVE-2024-1', vulnerability('CVE-2024-1'), true],
    ['id: cve-2024-1', vulnerability('CVE-2024-1'), true],
    ['id: CVE-2024-1', vulnerability('CVE-2024-12'), false],
    ['id: GHSA-a', vulnerability('CVE-2024-1', undefined, { aliases: ['GHSA-a'] }), true],
    ['id: "CVE-2024-*"', vulnerability('CVE-2024-7'), true],
    ['id: [CVE-2024-1, CVE-2024-2]', vulnerability('CVE-2024-2'), true],
    ['package: lodash', vulnerability('CVE-2024-1'), true],
    ['package: "lod*"', vulnerability('CVE-2024-1'), true],
    ['package: curl', vulnerability('CVE-2024-1', curl), true],
    ['package: libcurl4', vulnerability('CVE-2024-1', curl), true],
    ['package: "pkg:npm/lodash"', vulnerability('CVE-2024-1'), true],
    ['package: "pkg:npm/lodash@4.17.20"', vulnerability('CVE-2024-1'), true],
    ['package: "pkg:npm/lodash@4.17.21"', vulnerability('CVE-2024-1'), false],
    ['package: "pkg:deb/debian/libcurl4?arch=amd64"', vulnerability('CVE-2024-1', curl), true],
    ['package: "pkg:deb/debian/libcurl4?arch=arm64"', vulnerability('CVE-2024-1', curl), false],
    ['package: "pkg:deb/debian/lib*"', vulnerability('CVE-2024-1', curl), true],
    ['package: "pkg:npm/**"', vulnerability('CVE-2024-1', curl), false],
    ['id: CVE-2024-1, package: other', vulnerability('CVE-2024-1'), false],
    ['id: CVE-2024-1, kind: secret', vulnerability('CVE-2024-1'), false],
    ['id: CVE-2024-1, image: "registry.example.com/**"', vulnerability('CVE-2024-1'), true],
    ['id: CVE-2024-1, image: "other/**"', vulnerability('CVE-2024-1'), false],
    ['path: "var/lib/*"', vulnerability('CVE-2024-1', curl), true],
    ['id: aws-key', fileFinding('secret', 'aws-key', 'app/.env'), true],
    ['path: /app/**', fileFinding('secret', 'aws-key', 'app/.env'), true],
    ['path: "./app/*.env"', fileFinding('secret', 'aws-key', 'app/.env'), true],
    ['path: "test/**", kind: secret', fileFinding('secret', 'aws-key', 'app/.env'), false],
    ['fingerprint: f1', fileFinding('secret', 'aws-key', 'app/.env', { fingerprint: 'f1' }), true],
    ['fingerprint: f2', fileFinding('secret', 'aws-key', 'app/.env', { fingerprint: 'f1' }), false],
    ['id: xmrig, path: usr/bin/x', fileFinding('malware', 'xmrig', 'usr/bin/x'), true],
    ['id: GPL-3.0-only', { ...fileFinding('licence', 'GPL-3.0-only', ''), ...{ package: curl } }, true],
    ['package: curl, kind: licence', { ...fileFinding('licence', 'copyleft', ''), ...{ package: curl } }, true],
  ];
  for (const [members, finding, holds] of table) {
    test(`${members}: ${holds}`, () => {
      assert.match(decide(entry(members), [finding]), holds ? /^accepted$/ : /^-/);
    });
  }
});

test('a decision says who, why, until when and where', () => {
  const text = `# ours
exceptions:
  - id: CVE-2024-1
    package: lodash
    state: not-affected
    justification: vulnerable_code_not_in_execute_path
    reason: >
      template() is never called
    author: Team Checkout
    approved-by: Product Security
    created: 2026-01-01
    expires: 2026-12-31
`;
  const { exceptions, problems } = parseExceptions(text, 'exceptions.yaml');
  assert.deepEqual(problems, []);
  const { findings } = applyExceptions([vulnerability('CVE-2024-1')], exceptions, context);
  assert.deepEqual(findings[0]?.decision, {
    source: 'exception',
    state: 'not-affected',
    reason: 'template() is never called',
    justification: 'vulnerable_code_not_in_execute_path',
    author: 'Team Checkout, approved by Product Security',
    expires: '2026-12-31',
    statedIn: 'exceptions.yaml:3',
  });
});

describe('time', () => {
  const dated = (expires: string): string => `exceptions:\n  - {id: CVE-2024-1, reason: r, expires: ${expires}}\n`;
  const finding = vulnerability('CVE-2024-1');
  const fixed = vulnerability('CVE-2024-1', undefined, { state: 'fixed' });
  const untilFix = 'exceptions:\n  - {id: CVE-2024-1, reason: r, until-fix: true}\n';
  for (const [name, text, of, expected] of [
    ['long', dated('2027-06-15'), finding, 'accepted'],
    ['soon over', dated('2026-06-29'), finding, 'accepted exception-expires-soon'],
    ['on its last day', dated('2026-06-16'), finding, 'accepted exception-expires-soon'],
    ['on the day itself', dated('2026-06-15'), finding, '- exception-expired'],
    ['over', dated('2020-01-01'), finding, '- exception-expired'],
    ['over, for nothing here', dated('2020-01-01'), vulnerability('CVE-1'), '- exception-expired'],
    ['until there is a fix', untilFix, finding, 'accepted'],
    ['and there is one', untilFix, fixed, '- exception-fixable'],
    ['for nothing', dated('2027-01-01'), vulnerability('CVE-1'), '- exceptions-unused'],
  ] as const) {
    test(name, () => assert.equal(decide(text, [of]), expected));
  }
  test('an expired one makes room for the next', () => {
    const text = `exceptions:\n  - {id: CVE-2024-1, reason: a, expires: 2020-01-01}\n  - {id: CVE-*, reason: b, expires: 2027-01-01}\n`;
    assert.equal(decide(text, [finding]), 'accepted exception-expired');
  });
});

describe('faults', () => {
  const good = '  - {id: CVE-2024-9, reason: r, expires: 2027-01-01}\n';
  const table: [yaml: string, message: RegExp][] = [
    ['  - id: CVE-1\n    reson: r\n', /^e\.yaml:3:5: unknown member "reson"; did you mean "reason"\?$/],
    ['  - id: CVE-1\n', /e\.yaml:2:5: needs a reason/],
    ['  - {id: CVE-1, reason: r}\n', /needs "expires: YYYY-MM-DD", or "until-fix: true"/],
    [
      '  - {id: CVE-1, reason: r, expires: 2026-02-30}\n',
      /e\.yaml:2:37: expires is a date as in 2026-12-31, not "2026-02-30"/,
    ],
    ['  - {id: CVE-1, reason: r, expires: 31.12.2026}\n', /not "31.12.2026"/],
    ['  - {reason: r, expires: 2027-01-01}\n', /nothing in particular/],
    ['  - {id: "*", package: "**", reason: r, expires: 2027-01-01}\n', /nothing in particular/],
    ['  - {id: CVE-1, reason: r, expires: 2027-01-01, state: acepted}\n', /did you mean "accepted"/],
    ['  - {id: CVE-1, reason: r, expires: 2027-01-01, kind: thing}\n', /there are vulnerability, secret/],
    [
      '  - {id: CVE-1, reason: r, expires: 2027-01-01, justification: component_not_present}\n',
      /belongs to "state: not-affected"/,
    ],
    ['  - {id: "CVE-[1", reason: r, expires: 2027-01-01}\n', /id: "cve-\[1" ends too early/],
    ['  - {package: "pkg:nothing", reason: r, expires: 2027-01-01}\n', /not a package URL/],
    ['  - {id: CVE-1, id: CVE-2, reason: r, expires: 2027-01-01}\n', /id stands twice/],
    ['  - {id: [], reason: r, expires: 2027-01-01}\n', /id is a text or a list/],
    ['  - {id: CVE-1, reason: {}, expires: 2027-01-01}\n', /reason is a text/],
    ['  - {id: CVE-1, reason: r, until-fix: perhaps}\n', /until-fix is true or false/],
    ['  - CVE-1\n', /an exception is a mapping/],
  ];
  for (const [yaml, message] of table) {
    test(yaml.trim(), () => {
      const { exceptions, problems } = parseExceptions(`exceptions:\n${yaml}${good}`, 'e.yaml');
      assert.ok(
        problems.some((problem) => message.test(problem.message)),
        JSON.stringify(problems),
      );
      assert.deepEqual(
        exceptions.map(({ name }) => name),
        ['CVE-2024-9'],
        'the others hold',
      );
    });
  }
  for (const [text, message] of [
    ['exceptions:\n\t- x', /e\.yaml:2:1: not valid YAML/],
    ['exceptions: &a [*a]', /e\.yaml:1:\d+: anchors and aliases/],
    ['excptions: []', /has no list "exceptions:"/],
    ['exceptions: []\nextra: 1', /unknown member "extra"/],
    ['exceptions: 5', /"exceptions" is a list/],
    ['exceptions: []\nversion: 2', /version is 1/],
    [`exceptions: ${'['.repeat(50_000)}`, /nested too deeply|not valid YAML/],
    [`${'- '.repeat(200_000)}`, /nested too deeply/],
    ['#'.repeat(2 * 1024 * 1024), /more than 524288 characters/],
  ] as const) {
    test(text.slice(0, 30).trim(), () => {
      const { exceptions, problems } = parseExceptions(text, 'e.yaml');
      assert.deepEqual(exceptions, []);
      assert.match(problems[0]?.message ?? '', message);
    });
  }
  test('an empty file is an empty list', () => {
    assert.deepEqual(parseExceptions('# nothing yet\n', 'e.yaml'), { exceptions: [], problems: [] });
  });
});

test('what is closed stays as it was', () => {
  const decision = { source: 'vex', state: 'not-affected', reason: 'x', statedIn: 'vex.json' } as const;
  const open = { ...decision, state: 'affected' } as const;
  const { exceptions } = parseExceptions(entry('id: CVE-2024-1'), 'e.yaml');
  const findings = [
    vulnerability('CVE-2024-1', undefined, { decision }),
    vulnerability('CVE-2024-1', undefined, { decision: open }),
  ];
  const applied = applyExceptions(findings, exceptions, context).findings;
  assert.deepEqual(
    applied.map((finding) => finding.decision?.source),
    ['vex', 'exception'],
  );
});

describe('lists of other tools', () => {
  test('.trivyignore', () => {
    const text = `# Accepted: no template is rendered\nCVE-2024-1\n\n# not a reason\n\nCVE-2024-2 exp:2020-01-01\nCVE-2024-3 exp:soon\naws-key # a sample\n`;
    const findings = [vulnerability('CVE-2024-1'), vulnerability('CVE-2024-2'), fileFinding('secret', 'aws-key', 'a')];
    assert.equal(decide(text, findings, '.trivyignore'), 'accepted - accepted exception-invalid exception-expired');
    const { exceptions } = parseExceptions(text, '.trivyignore');
    assert.deepEqual(
      exceptions.map(({ reason, statedIn }) => `${reason} ${statedIn}`),
      [
        'Accepted: no template is rendered .trivyignore:2',
        'listed without a reason .trivyignore:6',
        'a sample .trivyignore:8',
      ],
    );
  });

  test('.trivyignore.yaml', () => {
    const text = `vulnerabilities:
  - id: CVE-2024-1
    purls: ["pkg:deb/debian/libcurl4"]
    statement: Not used
  - id: CVE-2024-2
    paths: ["usr/lib/**"]
  - id: CVE-2024-3
    expired_at: 2020-01-01
  - id: CVE-2024-4
    path: [x]
secrets:
  - id: aws-key
    paths: ["test/**"]
licenses:
  - id: GPL-3.0-only
`;
    const findings = [
      vulnerability('CVE-2024-1', curl),
      vulnerability('CVE-2024-1'),
      vulnerability('CVE-2024-2'),
      vulnerability('CVE-2024-3'),
      vulnerability('CVE-2024-4'),
      fileFinding('secret', 'aws-key', 'test/a/b'),
      fileFinding('secret', 'aws-key', 'src/b'),
      fileFinding('licence', 'GPL-3.0-only', 'x'),
    ];
    assert.equal(
      decide(text, findings, '.trivyignore.yaml'),
      'accepted - - - - accepted - accepted exception-invalid exception-expired exceptions-unused',
    );
  });

  describe('.grype.yaml', () => {
    const evidence = {
      source: 'debian-tracker',
      advisoryId: 'CVE-2024-1',
      ecosystem: 'debian:12',
      name: 'curl',
      version: '7.88.1-10',
      subject: 'source',
      scheme: 'deb',
    } as const;
    const inCurl = vulnerability('CVE-2024-1', curl, { evidence: [evidence], state: 'will-not-fix' });
    const inJar = vulnerability(
      'CVE-2024-1',
      pkg('maven', 'org.apache:commons-text 1.9', { origin: { path: 'app/a.jar' } }),
    );
    const byVex = vulnerability('CVE-2024-1', undefined, {
      decision: { source: 'vex', state: 'under-investigation', reason: '', statedIn: 'v' },
    });
    const table: [rule: string, finding: FindingBase, expected: string][] = [
      ['vulnerability: CVE-2024-1', inCurl, 'accepted'],
      ['vulnerability: CVE-2024-1, include-aliases: true, reason: known', inCurl, 'accepted'],
      ['vulnerability: CVE-2024-1, fix-state: wont-fix', inCurl, 'accepted'],
      ['fix-state: fixed', inCurl, '- exceptions-unused'],
      ['namespace: "debian:distro:debian:12"', inCurl, 'accepted'],
      ['match-type: exact-indirect-match', inCurl, 'accepted'],
      ['package: {name: "lib(curl|ssl)[0-9]+"}', inCurl, 'accepted'],
      ['package: {name: "curl"}', inCurl, '- exceptions-unused'],
      ['package: {type: deb, upstream-name: "cur.*"}', inCurl, 'accepted'],
      ['package: {name: commons-text, type: java-archive, language: java, version: "1.9"}', inJar, 'accepted'],
      ['package: {version: 1.9}', inJar, 'accepted'],
      ['package: {location: "/app/*.jar"}', inJar, 'accepted'],
      ['package: {location: "**/lib/**"}', inJar, '- exceptions-unused'],
      ['vex-status: under_investigation', byVex, 'accepted'],
      ['vex-status: affected', byVex, 'under-investigation exceptions-unused'],
      ['package: {name: "(a"}', inCurl, '- exception-invalid'],
      ['package: {name: "(?=a)a"}', inCurl, '- exception-invalid'],
      ['package: {nam: x}', inCurl, '- exception-invalid'],
      ['reason: nothing', inCurl, '- exception-invalid'],
    ];
    for (const [rule, finding, expected] of table) {
      test(rule, () => {
        const text = `check-for-app-update: false\nignore:\n  - {${rule}}\n`;
        assert.equal(decide(text, [finding], '.grype.yaml'), expected);
      });
    }
  });

  test('.gitleaksignore', () => {
    const text = `# comment\napp/a.env:aws-key:3\n${'a'.repeat(40)}:app/b.env:aws-key:1\nnonsense\n`;
    const at = (path: string, line: number) => fileFinding('secret', 'aws-key', '', { location: { path, line } });
    const findings = [at('app/a.env', 3), at('app/a.env', 4), at('app/b.env', 1)];
    assert.equal(decide(text, findings, '.gitleaksignore'), 'accepted - accepted exception-invalid');
  });

  test('a file of any name is known by its content', () => {
    for (const text of [
      'vulnerabilities: [{id: CVE-2024-1}]',
      'ignore: [{vulnerability: CVE-2024-1}]',
      entry('id: CVE-2024-1'),
    ])
      assert.equal(decide(text, [vulnerability('CVE-2024-1')], 'mine.yaml'), 'accepted');
    assert.equal(decide('CVE-2024-1', [vulnerability('CVE-2024-1')], 'mine'), 'accepted');
  });
});

test('thousands of exceptions and findings do not multiply', () => {
  const text = `exceptions:\n${Array.from({ length: 5000 }, (_, i) => `  - {id: CVE-2024-${i}, reason: r, expires: 2027-01-01}\n`).join('')}`;
  const findings = Array.from({ length: 20_000 }, (_, i) => vulnerability(`CVE-2024-${i}`));
  const { exceptions } = parseExceptions(text, 'e.yaml');
  const applied = applyExceptions(findings, exceptions, context).findings;
  assert.equal(applied.filter(({ decision }) => decision).length, 5000);
});

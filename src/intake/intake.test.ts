import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleReport } from '../../test/kit/report.ts';
import { readSubmission } from './read.ts';

const receivedAt = new Date('2026-11-30T12:00:00Z');
const project = { kind: 'project', name: 'shop/checkout' } as const;

const trivy = {
  SchemaVersion: 2,
  CreatedAt: '2026-11-20T10:00:00Z',
  ArtifactName: 'registry.example/shop/checkout:1.4',
  ArtifactType: 'container_image',
  Metadata: {
    ImageID: `sha256:${'c'.repeat(64)}`,
    RepoTags: ['registry.example/shop/checkout:1.4'],
    RepoDigests: [`registry.example/shop/checkout@sha256:${'a'.repeat(64)}`],
    ImageConfig: { os: 'linux', architecture: 'amd64' },
  },
  Results: [
    {
      Target: 'registry.example/shop/checkout:1.4 (debian 12)',
      Class: 'os-pkgs',
      Type: 'debian',
      Vulnerabilities: [
        {
          VulnerabilityID: 'CVE-2026-1',
          PkgName: 'curl',
          InstalledVersion: '7.88.1-10',
          PkgIdentifier: { PURL: 'pkg:deb/debian/curl@7.88.1-10?arch=amd64' },
          Severity: 'HIGH',
          Title: 'curl: something',
        },
      ],
    },
    {
      Target: 'app/.env',
      Class: 'secret',
      Secrets: [{ RuleID: 'github-pat', Severity: 'CRITICAL', Title: 'PAT', Match: 'ghp_secret', StartLine: 3 }],
    },
    {
      Target: 'Dockerfile',
      Class: 'config',
      Misconfigurations: [
        { ID: 'DS002', Severity: 'LOW', Status: 'FAIL', Title: 'root' },
        { ID: 'DS003', Severity: 'LOW', Status: 'PASS' },
      ],
    },
  ],
};

const grype = {
  matches: [
    {
      vulnerability: {
        id: 'GHSA-aaaa-bbbb-cccc',
        severity: 'Critical',
        fix: { versions: ['1.2.6'], state: 'fixed' },
        knownExploited: [{ cve: 'CVE-2026-1' }],
      },
      relatedVulnerabilities: [{ id: 'CVE-2026-10001' }],
      artifact: {
        name: 'minimist',
        version: '1.2.5',
        type: 'npm',
        purl: 'pkg:npm/minimist@1.2.5',
        locations: [{ path: '/app/package-lock.json' }],
      },
    },
  ],
  source: {
    type: 'image',
    target: {
      userInput: 'registry.example/shop/checkout:1.4',
      imageID: `sha256:${'c'.repeat(64)}`,
      manifestDigest: `sha256:${'a'.repeat(64)}`,
      tags: [],
      os: 'linux',
      architecture: 'amd64',
    },
  },
  descriptor: { name: 'grype', version: '0.90.0', timestamp: '2026-11-20T11:00:00Z' },
};

const sarif = {
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'Semgrep',
          version: '1.2',
          rules: [
            { id: 'eval', shortDescription: { text: 'eval is used' }, properties: { 'security-severity': '9.1' } },
          ],
        },
      },
      invocations: [{ executionSuccessful: true, endTimeUtc: '2026-11-20T12:00:00Z' }],
      results: [
        {
          ruleId: 'eval',
          level: 'warning',
          message: { text: 'eval(x)' },
          locations: [{ physicalLocation: { artifactLocation: { uri: 'src/a.js' }, region: { startLine: 7 } } }],
        },
        { ruleId: 'other', kind: 'pass', message: { text: 'fine' } },
        { ruleId: 'old', message: { text: 'old' }, suppressions: [{ kind: 'inSource', justification: 'a test' }] },
      ],
    },
  ],
};

const generic = {
  schema: 'plimsoll.findings.v1',
  tool: { name: 'our-audit', version: '3' },
  createdAt: '2026-11-20T12:00:00Z',
  asset: 'host:db-1',
  kinds: ['audit'],
  complete: true,
  findings: [
    {
      kind: 'audit',
      id: 'open-port',
      severity: 'high',
      title: 'Port 5432 is open',
      path: 'etc/postgresql.conf',
      line: 4,
    },
  ],
};

const rows: readonly (readonly [string, object, object, object])[] = [
  [
    'Trivy',
    trivy,
    {
      tool: 'trivy',
      asset: 'repository registry.example/shop/checkout',
      digest: `sha256:${'a'.repeat(64)}`,
      tags: ['1.4'],
      scanners: ['vulnerability', 'secret', 'misconfiguration'],
      findings: [
        'high CVE-2026-1 pkg:deb/debian/curl',
        'critical trivy:github-pat app/.env',
        'low trivy:DS002 Dockerfile',
      ],
    },
    {},
  ],
  [
    'Grype',
    grype,
    {
      tool: 'grype',
      asset: 'repository registry.example/shop/checkout',
      digest: `sha256:${'a'.repeat(64)}`,
      tags: ['1.4'],
      scanners: ['vulnerability'],
      findings: ['critical GHSA-aaaa-bbbb-cccc pkg:npm/minimist'],
    },
    {},
  ],
  [
    'SARIF',
    sarif,
    {
      tool: 'semgrep',
      asset: 'project shop/checkout',
      tags: [],
      scanners: ['analysis'],
      findings: ['critical semgrep:eval src/a.js', 'medium semgrep:old  accepted'],
    },
    { asset: project },
  ],
  [
    'generic',
    generic,
    {
      tool: 'our-audit',
      asset: 'host db-1',
      tags: [],
      scanners: ['audit'],
      findings: ['high open-port etc/postgresql.conf'],
    },
    {},
  ],
];

for (const [name, document, expected, context] of rows)
  test(`${name} is read as findings that name their tool`, () => {
    const read = readSubmission(JSON.stringify(document), undefined, { receivedAt, ...context });
    assert.ok(read.ok, read.ok ? '' : read.error);
    const { tool, asset, artifact, scanners, findings, isComplete } = read.value;
    const told = {
      tool: tool.name,
      asset: `${asset.kind} ${asset.name}`,
      ...('digest' in expected && { digest: artifact.digest }),
      tags: artifact.tags,
      scanners,
      findings: findings.map(({ severity, ids, subject, decision }) =>
        [severity, ids[0], subject, ...(decision ? [decision.state] : [])].join(' '),
      ),
    };
    assert.deepEqual(told, expected);
    assert.equal(isComplete, true);
    assert.ok(!JSON.stringify(read.value).includes('ghp_secret'), 'a secret is not kept');
  });

const refused: readonly (readonly [string, string, RegExp])[] = [
  ['no JSON', '{', /not valid JSON/],
  ['no format', '{}', /no format that is read here/],
  ['SARIF without asset', JSON.stringify(sarif), /name the asset/],
  ['a later form of our own', '{"schema":"plimsoll.scan.v9"}', /v9/],
  ['from the future', JSON.stringify(sampleReport({ createdAt: '2027-01-01T00:00:00Z' })), /future/],
  ['generic without severity', JSON.stringify({ ...generic, findings: [{ kind: 'a', id: 'b' }] }), /findings\[0\]/],
  ['a package that cannot be read', JSON.stringify({ ...sampleReport(), packages: [{}] }), /packages\[0\]/],
  ['runs of several tools', JSON.stringify({ ...sarif, runs: [...sarif.runs, {}] }), /several tools/],
];

for (const [name, text, expected] of refused)
  test(`refused: ${name}`, () => {
    const read = readSubmission(text, undefined, { receivedAt });
    assert.ok(!read.ok);
    assert.match(read.error, expected);
  });

test('what a user did not want to see is not gone', () => {
  const report = sampleReport({
    unassessed: [],
    problems: [{ code: 'findings-not-shown', message: 'Findings not shown, as asked for.', effect: 'note' }],
    assessment: 'complete',
  });
  const read = readSubmission(JSON.stringify(report), undefined, { receivedAt });
  assert.equal(read.ok && read.value.isComplete, false);
});

test('an audit of a machine does not take the place of what a scan says of its packages', () => {
  const artifact = { kind: 'tree', name: 'db-1', scheme: 'host', tags: [], layers: [] } as const;
  const checks = { documents: 0, evaluated: 0, failed: 0, byCheck: {}, notAssessed: [] };
  const audit = sampleReport({ artifact, checks, packages: [], findings: [], scanners: ['misconfiguration'] });
  const read = [audit, sampleReport({ artifact })].map((report) =>
    readSubmission(JSON.stringify(report), undefined, { receivedAt }),
  );
  assert.deepEqual(
    read.map((one) => (one.ok ? [one.value.artifact.stream, one.value.packages?.length] : one.error)),
    [
      ['configuration', undefined],
      ['', sampleReport().packages.length],
    ],
  );
});

test('nesting without end, and members of all names', () => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const text = JSON.stringify(generic).replace(
    '"line":4',
    `"details":{"__proto__":{"a":1},"constructor":2,"x":${deep}}`,
  );
  assert.ok(readSubmission(text, undefined, { receivedAt }).ok);
});

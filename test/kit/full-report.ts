import type { MisconfigurationFinding } from '#checks/index.ts';
import { licenceFindings } from '#licences/index.ts';
import type { MalwareFinding } from '#malware/index.ts';
import type { Decision, FileLocation, InstalledPackage } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';
import type { SecretFinding } from '#secrets/index.ts';
import { isVulnerability, type PriorityContext, prioritise, type VulnerabilityFinding } from '#vulnerability/index.ts';
import { digestOf, finding, installed, sampleReport } from './report.ts';

/**
 * The small image again with everything looked for: findings of every kind, open, decided about and in deleted files; receipts; libraries
 * that others brought; every member that a report may have.
 */
export function fullReport(overrides: Partial<ScanReport> = {}): ScanReport {
  const sample = sampleReport();
  const packages = overrides.packages ?? [...sample.packages, ...libraries()];
  const vulnerabilities = [...sample.findings.filter(isVulnerability), ...libraryFindings(packages)];
  return {
    ...sample,
    scanners: ['vulnerability', 'secret', 'malware', 'misconfiguration', 'licence'],
    packages,
    findings: [
      ...vulnerabilities.map((one) => ({
        ...one,
        ...decisionAbout(one.id),
        priority: prioritise(one, place, sample.sources),
      })),
      ...malware(),
      ...secrets(),
      ...misconfigurations(),
      ...licenceFindings(packages, ({ relation }) => relation !== 'root'),
    ],
    checks: {
      documents: 3,
      evaluated: 96,
      failed: 2,
      byCheck: { 'compose-pull-policy': { passed: 1, failed: 0, notApplicable: 1 } },
      notAssessed: [{ path: 'deploy/chart/templates/web.yaml', reason: 'is a template; render it first' }],
    },
    verdict: verdict(),
    ...overrides,
  };
}

/** A policy that denies, one that is covered by an exception, and one that had nothing to judge. */
function verdict(): NonNullable<ScanReport['verdict']> {
  const image = {
    policy: 'build-gate-not-root',
    title: 'The image does not run as root',
    severity: 'high',
    object: 'plimsoll.dev/v1/Image registry.example.com/shop/checkout:1.4',
    place: 'registry.example.com/shop/checkout:1.4',
    message: 'The image runs as root, or does not say as whom',
    isError: false,
    statedIn: 'build-gate/not-root/policy.yaml:20:19',
    because: ['object.spec.runsAsRoot, where object.spec.runsAsRoot is true'],
    wouldPass: 'object.spec.runsAsRoot is false',
    remediation: 'Add a user in the Dockerfile and end with USER and its number.',
    controls: ['AC-6'],
  } as const;
  const { statedIn: _place, wouldPass: _change, remediation: _fix, ...bare } = image;
  return {
    outcome: 'denied',
    notDecided: ['image-trust-signed asks what was not looked for: signature.'],
    policies: [
      { policy: image.policy, title: image.title, severity: 'high', objects: 1, failed: 1 },
      { policy: 'house-labels', title: 'house-labels', severity: 'unknown', objects: 2, failed: 2 },
      { policy: 'deploy-gate-probes', title: 'Probes', severity: 'low', objects: 0, failed: 0 },
    ],
    evaluations: { passed: 7, failed: 3, skipped: 4, ignored: 0 },
    decisions: [
      { ...image, outcome: 'denied' },
      { ...bare, outcome: 'warned', policy: 'house-labels', message: 'no such key: owner', isError: true, because: [] },
      {
        ...bare,
        outcome: 'excepted',
        policy: 'house-labels',
        exception: {
          source: 'exception',
          state: 'accepted',
          reason: 'The label comes with the next release.',
          expires: '2027-01-31',
          statedIn: '.plimsoll/exceptions.yaml:4',
        },
      },
    ],
  };
}

const place: PriorityContext = { exposure: 'internet', deployment: 'production', source: 'command line' };

const decisions: ReadonlyMap<string, Decision> = new Map([
  [
    'CVE-2023-45853',
    {
      source: 'vex',
      state: 'not-affected',
      reason: 'MiniZip is not part of the library that is installed.',
      justification: 'vulnerable_code_not_present',
      author: 'Shop platform team',
      statedIn: 'vex/zlib.openvex.json',
    },
  ],
  [
    'CVE-2023-4641',
    {
      source: 'exception',
      state: 'accepted',
      reason: 'Nobody logs in to the container.',
      author: 'Shop platform team',
      expires: '2027-03-31',
      statedIn: '.plimsoll/exceptions.yaml:4',
    },
  ],
  [
    'CVE-2024-5535',
    {
      source: 'vex',
      state: 'under-investigation',
      reason: 'Whether the function is called is being looked at.',
      statedIn: 'vex/openssl.openvex.json',
    },
  ],
]);

function decisionAbout(id: string): { decision?: Decision } {
  const decision = decisions.get(id);
  return decision ? { decision } : {};
}

function libraries(): InstalledPackage[] {
  const npm = { type: 'npm' as const, cataloger: 'npm-lock', evidence: 'declared' as const };
  const record = { path: 'app/package-lock.json', layer: layer(2) };
  return [
    installed({
      ...npm,
      name: 'checkout',
      version: '1.4.0',
      purl: 'pkg:npm/checkout@1.4.0',
      relation: 'root',
      origin: record,
    }),
    installed({
      ...npm,
      name: 'build-tool',
      version: '4.2.0',
      purl: 'pkg:npm/build-tool@4.2.0',
      licences: ['AGPL-3.0-only'],
      relation: 'direct',
      scope: 'development',
      dependencies: ['minimist@1.2.5'],
      origin: record,
    }),
    installed({
      ...npm,
      name: 'minimist',
      version: '1.2.5',
      purl: 'pkg:npm/minimist@1.2.5',
      licences: ['MIT'],
      relation: 'transitive',
      scope: 'development',
      origin: record,
    }),
    installed({
      type: 'golang',
      cataloger: 'go-binary',
      name: 'golang.org/x/net',
      version: 'v0.20.0',
      purl: 'pkg:golang/golang.org/x/net@v0.20.0',
      licences: [],
      symbols: { packages: 'golang.org/x/net/http2', functions: 'AAAAAQ==' },
      cpes: ['cpe:2.3:a:golang:networking:0.20.0:*:*:*:*:go:*:*'],
      origin: { path: 'usr/bin/sidecar', layer: layer(2) },
    }),
    installed({
      type: 'generic',
      cataloger: 'programs',
      name: 'nginx',
      version: '1.25.3',
      purl: 'pkg:generic/nginx@1.25.3',
      licences: ['SSPL-1.0'],
      advisoryNames: [{ ecosystem: 'Bitnami', name: 'nginx' }],
      qualifiers: { download: 'unknown' },
      ownedBy: 'pkg:deb/debian/nginx@1.25.3',
      modularity: 'nginx:1.25:1:a',
      origin: { path: 'opt/nginx/sbin/nginx', layer: layer(2) },
    }),
  ];
}

function libraryFindings(packages: readonly InstalledPackage[]): VulnerabilityFinding[] {
  const named = (name: string): InstalledPackage =>
    packages.find((one) => one.name === name) ?? installed({ name, version: '1.0' });
  return [
    finding({
      id: 'CVE-2021-44906',
      aliases: ['GHSA-xvch-5gv4-984h'],
      package: named('minimist'),
      severity: 'critical',
      severitySource: 'osv CVSS_V3 9.8',
      fixedVersion: '1.2.6',
      summary: 'Properties of the prototype of all objects can be set from arguments.',
      dependencyPath: ['build-tool@4.2.0', 'minimist@1.2.5'],
      enrichment: {
        epss: { probability: 0.0086, percentile: 0.7412, date: '2026-11-23' },
        ssvc: { exploitation: 'poc', automatable: true, technicalImpact: 'total', date: '2026-10-01' },
        cvss: [{ type: 'CVSS_V3', value: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
      },
    }),
    finding({
      id: 'CVE-2023-45288',
      package: named('golang.org/x/net'),
      severity: 'high',
      fixedVersion: 'v0.23.0',
      summary: 'An endless row of CONTINUATION frames keeps an HTTP/2 server busy.',
      evidence: [
        {
          source: 'osv',
          advisoryId: 'GO-2024-2687',
          ecosystem: 'Go',
          verdict: 'affected',
          name: 'golang.org/x/net',
          version: 'v0.20.0',
          subject: 'package',
          scheme: 'golang',
          range: { introduced: '0', fixed: '0.23.0' },
          otherRanges: [{ introduced: '1.0.0', lastAffected: '1.1.0', limit: '2.0.0' }],
          linked: ['golang.org/x/net/http2.Framer.ReadFrame'],
          note: 'HTTP/2 servers only',
        },
        {
          source: 'osv',
          advisoryId: 'GHSA-4v7x-pqxf-cx7m',
          ecosystem: 'Go',
          verdict: 'not-affected',
          name: 'golang.org/x/net',
          version: 'v0.20.0',
          subject: 'package',
          scheme: 'golang',
          justification: 'vulnerable_code_not_present',
        },
      ],
    }),
  ];
}

function malware(): MalwareFinding[] {
  return [
    {
      kind: 'malware',
      id: 'miner-configuration',
      severity: 'critical',
      title: 'Configuration of a miner of cryptocurrency',
      confidence: 'high',
      location: { path: 'usr/share/.cache/config.json', line: 3, layer: layer(1), isDeleted: true },
      sha256: digestOf('d4').slice('sha256:'.length),
      size: 2_318,
      evidence: [{ pattern: '$pool', offset: 61, line: 3, excerpt: '"url": "stratum+tcp://pool.example.net:3333"' }],
      description: 'The file tells a miner which pool to work for and whose account to credit.',
      advice: 'Find out which build step brought it, and treat hosts that ran the image as compromised.',
      references: ['https://attack.mitre.org/techniques/T1496/'],
      statedIn: 'miners.yar',
    },
    {
      kind: 'malware',
      id: 'setuid-shell',
      severity: 'medium',
      title: 'Shell that runs as its owner',
      confidence: 'medium',
      location: { path: 'usr/local/bin/debug-shell', layer: layer(2) },
      sha256: digestOf('d5').slice('sha256:'.length),
      size: 125_688,
      evidence: [],
      description: 'Whoever starts it becomes root.',
      advice: 'Take the mode away or remove the file.',
      references: [],
      statedIn: 'places.yar',
      decision: {
        source: 'baseline',
        state: 'accepted',
        reason: 'known since the baseline of 2026-10-01',
        statedIn: '.plimsoll/baseline.json',
      },
    },
  ];
}

function misconfigurations(): MisconfigurationFinding[] {
  const privileged = {
    kind: 'misconfiguration' as const,
    id: 'compose-privileged',
    subject: 'compose' as const,
    severity: 'critical' as const,
    title: 'A service runs privileged',
    message: 'service web: privileged is true',
    rationale: 'Whoever breaks into a privileged container owns the host.',
    remediation: 'Remove `privileged: true`.',
    controls: ['AC-6', 'CM-7'],
    references: ['https://docs.docker.com/reference/compose-file/services/#privileged'],
  };
  const user = {
    ...privileged,
    id: 'kubernetes-run-as-non-root',
    subject: 'kubernetes' as const,
    severity: 'medium' as const,
    title: 'A container may run as root',
    message: 'container web does not set runAsNonRoot: true',
    rationale: 'Root in a container is root on the node when the container is broken out of.',
    remediation: 'Set securityContext.runAsNonRoot: true.',
  };
  return [
    {
      ...privileged,
      location: { path: 'compose.yaml', line: 4 },
      position: { line: 4, column: 5, endLine: 4, endColumn: 21 },
      resource: { kind: 'service', name: 'web' },
      fix: [{ start: 52, end: 56, text: 'false' }],
    },
    {
      ...user,
      location: { path: 'deploy/web.yaml', line: 12 },
      position: { line: 12, column: 9 },
      resource: { kind: 'apps/v1/Deployment', name: 'web', namespace: 'shop' },
      decision: {
        source: 'exception',
        state: 'accepted',
        reason: 'the program drops its rights itself',
        expires: '2027-03-01',
        statedIn: 'deploy/web.yaml:11',
      },
    },
  ];
}

function secrets(): SecretFinding[] {
  const token = {
    kind: 'secret' as const,
    id: 'github-personal-token',
    severity: 'critical' as const,
    title: 'GitHub personal access token',
    confidence: 'verified' as const,
    fingerprint: '0f6c1a0e3b7d4c5f9a8b7c6d5e4f3a2b',
    preview: 'ghp_… (40 characters)',
    references: ['https://docs.github.com/authentication'],
  };
  const inFile = (location: FileLocation) => ({ ...token, source: 'file' as const, name: 'GITHUB_TOKEN', location });
  return [
    inFile({ path: 'root/.netrc', line: 2, layer: layer(1), isDeleted: true }),
    inFile({ path: 'app/.env', line: 7, layer: layer(2) }),
    {
      ...token,
      id: 'password-assignment',
      severity: 'medium',
      title: 'Password in an assignment',
      confidence: 'medium',
      source: 'env',
      name: 'DB_PASSWORD',
      fingerprint: '77aa1a0e3b7d4c5f9a8b7c6d5e4f3a2b',
      preview: '(redacted)',
      references: [],
    },
    {
      ...token,
      id: 'private-key',
      severity: 'high',
      title: 'Private key',
      confidence: 'high',
      source: 'file',
      location: { path: 'app/test/fixtures/server.key', line: 1, layer: layer(2) },
      fingerprint: '11aa1a0e3b7d4c5f9a8b7c6d5e4f3a2b',
      preview: '-----BEGIN PRIVATE KEY----- (redacted)',
      references: [],
      decision: {
        source: 'exception',
        state: 'false-positive',
        reason: 'A key of the tests; no server has it.',
        statedIn: '.plimsoll/exceptions.yaml:11',
      },
    },
  ];
}

function layer(index: number): NonNullable<FileLocation['layer']> {
  const { diffId, instruction, part } = sampleReport().artifact.layers[index] ?? {
    diffId: digestOf('f0'),
    part: 'unknown' as const,
  };
  return { index, diffId, part, ...(instruction !== undefined && { instruction }) };
}

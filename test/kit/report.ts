import type { SourceState } from '#advisory/index.ts';
import type { Digest, InstalledPackage, LayerOrigin, PathList, Severity } from '#model/index.ts';
import type { ScannedLayer, ScanReport } from '#scan/index.ts';
import type { VulnerabilityFinding } from '#vulnerability/index.ts';

/** A scan report as the engine makes it, for everything that reads reports: a small Debian image with a fix, a hole and a deferral. */
export function sampleReport(overrides: Partial<ScanReport> = {}): ScanReport {
  const packages = overrides.packages ?? samplePackages();
  return {
    schema: 'plimsoll.scan.v1',
    tool: { name: 'plimsoll', version: '0.1.0' },
    createdAt: '2026-11-24T09:30:00.000Z',
    artifact: {
      kind: 'image',
      name: 'registry.example.com/shop/checkout:1.4',
      scheme: 'registry',
      manifestDigest: digestOf('a1'),
      indexDigest: digestOf('a2'),
      configDigest: digestOf('a3'),
      platform: { os: 'linux', architecture: 'amd64' },
      tags: ['registry.example.com/shop/checkout:1.4'],
      layers: sampleLayers(),
    },
    distribution: {
      id: 'debian',
      idLike: [],
      name: 'Debian GNU/Linux 12 (bookworm)',
      version: '12',
      codename: 'bookworm',
      pointRelease: '12.9',
      evidence: 'etc/os-release',
      endOfLife: { date: '2026-06-10', longTermDate: '2028-06-30', source: 'https://www.debian.org/releases/' },
    },
    scanners: ['vulnerability'],
    packages,
    findings: sampleFindings(packages),
    sources: sampleSources(),
    unassessed: [
      {
        reason: 'third-party-package',
        message: 'Packages from outside the distribution are not covered by its advisories; look at the vendor’s own.',
        packages: 1,
        examples: ['nodejs 20.11.1-1nodesource1'],
      },
    ],
    problems: [
      {
        code: 'dpkg-stanza-unreadable',
        message: 'A package record could not be read and was left out.',
        effect: 'incomplete',
        subject: 'var/lib/dpkg/status',
      },
      {
        code: 'layer-media-type-unusual',
        message: 'A layer names an unregistered media type.',
        effect: 'note',
        count: 2,
      },
    ],
    assessment: 'incomplete',
    statistics: { layers: 3, cachedLayers: 1, entries: 9_412, bytes: 187_400_192, durationMs: 812 },
    ...overrides,
  };
}

/** Nothing found, nothing missing: the picture of a clean answer. */
export function cleanReport(overrides: Partial<ScanReport> = {}): ScanReport {
  return sampleReport({ findings: [], unassessed: [], problems: [], assessment: 'complete', ...overrides });
}

/** `findings` findings over some hundred packages, for what must stay quick and readable when there is much to say. */
export function largeReport(findings: number): ScanReport {
  const packages = Array.from({ length: Math.max(20, Math.ceil(findings / 40)) }, (_, index) =>
    installed({
      name: `library-${index}`,
      version: `1.${index}.0-2`,
      source: { name: `source-${index % 200}`, version: `1.${index}.0-2` },
      origin: origin(index % 3),
    }),
  );
  const severities: Severity[] = ['critical', 'high', 'medium', 'low', 'unknown'];
  const rows = Array.from({ length: findings }, (_, index) => {
    const owner = packages[index % packages.length] ?? installed({ name: 'library', version: '1' });
    const severity = severities[Math.floor((index / findings) * severities.length)] ?? 'unknown';
    return finding({
      id: `CVE-2025-${10_000 + (index % 30_000)}`,
      package: owner,
      severity,
      state: index % 3 === 0 ? 'affected' : 'fixed',
      ...(index % 3 === 0 ? {} : { fixedVersion: `${owner.version}+deb12u${1 + (index % 4)}` }),
      summary: `Out-of-bounds read number ${index} when a crafted archive names more entries than it holds`,
    });
  });
  return sampleReport({ packages, findings: rows });
}

/** Every free text carries what an attacker would put there: escapes, bidirectional controls, markup, quotes, separators. */
export const hostileText =
  '\u001b[2J\u009b31m</script><img src=x onerror=alert(1)>"\'`\u202e\u2066evil\u0007\r\n\t|\u2028{{7*7}}\ud800';

export function hostileReport(): ScanReport {
  const owner = installed({
    name: `curl${hostileText}`,
    version: `1.0${hostileText}`,
    licences: [`MIT${hostileText}`],
    maintainer: `Mallory <m@example.com>${hostileText}`,
    vendor: hostileText,
    purl: 'pkg:deb/debian/curl%1B@1.0',
    origin: { path: `var/lib/${hostileText}`, layer: { ...layerOrigin(1), instruction: `RUN ${hostileText}` } },
  });
  const sample = sampleReport();
  return sampleReport({
    artifact: { ...sample.artifact, name: `image${hostileText}`, tags: [hostileText] },
    packages: [owner],
    findings: [
      finding({
        id: 'CVE-2023-0001',
        package: owner,
        summary: hostileText,
        fixedVersion: `2.0${hostileText}`,
        references: [`https://example.com/${hostileText}`, `javascript:alert(1)//${hostileText}`],
        aliases: [hostileText],
        severitySource: hostileText,
      }),
    ],
    unassessed: [{ reason: 'version-unreadable', message: hostileText, packages: 1, examples: [hostileText] }],
    problems: [{ code: 'tar-truncated', message: hostileText, effect: 'incomplete', subject: hostileText }],
  });
}

export function digestOf(seed: string): Digest {
  return `sha256:${seed.repeat(64).slice(0, 64)}`;
}

export function installed(
  parts: Partial<InstalledPackage> & { readonly name: string; readonly version: string },
): InstalledPackage {
  return {
    type: 'deb',
    architecture: 'amd64',
    licences: [],
    maintainer: 'Debian Developers <maintainers@example.org>',
    purl: `pkg:deb/debian/${parts.name}@${encodeURIComponent(parts.version.toWellFormed())}?arch=amd64&distro=debian-12`,
    cataloger: 'dpkg',
    evidence: 'installed',
    origin: origin(0),
    ...parts,
  };
}

export function finding(
  parts: Partial<VulnerabilityFinding> & Pick<VulnerabilityFinding, 'id' | 'package'>,
): VulnerabilityFinding {
  return {
    kind: 'vulnerability',
    aliases: [],
    state: 'fixed',
    severity: 'high',
    severitySource: 'debian-tracker',
    scores: [],
    references: [`https://security-tracker.debian.org/tracker/${parts.id}`],
    enrichment: {},
    evidence: [
      {
        source: 'debian-tracker',
        advisoryId: parts.id,
        ecosystem: 'debian:12',
        name: parts.package.source?.name ?? parts.package.name,
        version: parts.package.source?.version ?? parts.package.version,
        subject: 'source',
        scheme: 'deb',
        ...(parts.fixedVersion === undefined ? {} : { range: { fixed: parts.fixedVersion } }),
      },
    ],
    ...parts,
  };
}

function origin(layer: number): InstalledPackage['origin'] {
  return { path: 'var/lib/dpkg/status', layer: layerOrigin(layer) };
}

function layerOrigin(index: number): LayerOrigin {
  const { diffId, instruction, part } = sampleLayers()[index] ?? { diffId: digestOf('f0'), part: 'unknown' as const };
  return { index, diffId, part, ...(instruction === undefined ? {} : { instruction }) };
}

function sampleLayers(): ScannedLayer[] {
  return [
    {
      index: 0,
      diffId: digestOf('b0'),
      blobDigest: digestOf('c0'),
      size: 28_236_430,
      instruction: '# debian.sh --arch amd64 out/ bookworm',
      part: 'base',
    },
    {
      index: 1,
      diffId: digestOf('b1'),
      blobDigest: digestOf('c1'),
      size: 61_902_118,
      instruction: 'RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends curl nodejs',
      part: 'own',
    },
    {
      index: 2,
      diffId: digestOf('b2'),
      blobDigest: digestOf('c2'),
      size: 1_482,
      instruction: 'COPY server.js /app/',
      part: 'own',
    },
  ];
}

function samplePackages(): InstalledPackage[] {
  const curl = {
    source: { name: 'curl', version: '7.88.1-10+deb12u4' },
    licences: ['curl', 'ISC AND BSD-3-Clause'],
    origin: origin(1),
  };
  return [
    installed({ name: 'apt', version: '2.6.1', licences: ['GPL-2.0-or-later'] }),
    installed({
      name: 'curl',
      version: '7.88.1-10+deb12u4',
      files: 'usr/bin/curl\nusr/share/doc/curl' as PathList,
      ...curl,
    }),
    installed({ name: 'libcurl4', version: '7.88.1-10+deb12u4', ...curl }),
    installed({
      name: 'libssl3',
      version: '3.0.11-1~deb12u2',
      source: { name: 'openssl', version: '3.0.11-1~deb12u2' },
      licences: ['Apache-2.0'],
    }),
    installed({
      name: 'login',
      version: '1:4.13+dfsg1-1+b1',
      source: { name: 'shadow', version: '1:4.13+dfsg1-1' },
      licences: ['BSD-3-clause and custom words'],
    }),
    installed({
      name: 'nodejs',
      version: '20.11.1-1nodesource1',
      licences: ['MIT'],
      origin: origin(1),
      vendor: 'NodeSource',
    }),
    installed({
      name: 'tar',
      version: '1.34+dfsg-1.2+deb12u1',
      source: { name: 'tar', version: '1.34+dfsg-1.2+deb12u1' },
      licences: ['GPL-3'],
    }),
    installed({
      name: 'zlib1g',
      version: '1:1.2.13.dfsg-1',
      source: { name: 'zlib', version: '1:1.2.13.dfsg-1' },
      licences: ['Zlib'],
    }),
  ];
}

function sampleFindings(packages: readonly InstalledPackage[]): VulnerabilityFinding[] {
  const named = (name: string): InstalledPackage =>
    packages.find((one) => one.name === name) ?? installed({ name, version: '1.0-1' });
  const curlFix = { fixedVersion: '7.88.1-10+deb12u5', state: 'fixed' as const };
  return [
    finding({
      id: 'CVE-2023-45853',
      package: named('zlib1g'),
      severity: 'critical',
      state: 'will-not-fix',
      severitySource: 'osv CVSS_V3 9.8',
      summary:
        'MiniZip in zlib through 1.3 has an integer overflow and resultant heap-based buffer overflow in zipOpenNewFileInZip4_64.',
      scores: [{ type: 'CVSS_V3', value: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
      published: '2023-10-14T02:15:09Z',
    }),
    finding({
      id: 'CVE-2024-5535',
      package: named('libssl3'),
      severity: 'critical',
      fixedVersion: '3.0.14-1~deb12u1',
      aliases: ['DSA-5764-1'],
      summary:
        'Calling SSL_select_next_proto with an empty list of client protocols may read memory that is not part of it.',
      scores: [{ type: 'CVSS_V3', value: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:H' }],
    }),
    finding({
      id: 'CVE-2023-46218',
      package: named('curl'),
      severity: 'high',
      ...curlFix,
      summary: 'A cookie could be set for a public suffix when the host name was given in mixed case.',
      enrichment: { epss: { probability: 0.0172, percentile: 0.8612, date: '2026-11-23' } },
    }),
    finding({
      id: 'CVE-2023-46218',
      package: named('libcurl4'),
      severity: 'high',
      ...curlFix,
      summary: 'A cookie could be set for a public suffix when the host name was given in mixed case.',
      enrichment: { epss: { probability: 0.0172, percentile: 0.8612, date: '2026-11-23' } },
    }),
    finding({
      id: 'CVE-2024-2398',
      package: named('libcurl4'),
      severity: 'high',
      ...curlFix,
      fixedVersion: '7.88.1-10+deb12u6',
      summary: 'HTTP/2 server push with too many headers leaked memory.',
      enrichment: {
        epss: { probability: 0.4211, percentile: 0.9734, date: '2026-11-23' },
        kev: { dateAdded: '2024-05-01', dueDate: '2024-05-22', ransomware: true },
      },
    }),
    finding({
      id: 'CVE-2023-4641',
      package: named('login'),
      severity: 'medium',
      state: 'deferred',
      summary: 'gpasswd kept a password in memory.',
    }),
    finding({
      id: 'CVE-2005-2541',
      package: named('tar'),
      severity: 'low',
      state: 'affected',
      summary: 'tar does not warn when it extracts setuid files.',
    }),
    finding({ id: 'CVE-2011-3374', package: named('apt'), severity: 'low', state: 'under-investigation' }),
    finding({ id: 'CVE-2024-0232', package: named('zlib1g'), severity: 'unknown', state: 'not-affected' }),
  ];
}

function sampleSources(): SourceState[] {
  return [
    {
      source: 'debian-tracker',
      title: 'Debian security tracker',
      license: 'MIT',
      attribution: 'Debian Security Team',
      asOf: '2026-11-24T06:00:00Z',
      fetchedAt: '2026-11-24T08:00:00Z',
      advisories: 48_211,
      limits: [],
    },
    {
      source: 'kev',
      title: 'Known Exploited Vulnerabilities catalog',
      license: 'CC0-1.0',
      attribution: 'CISA',
      asOf: '2026-11-12T00:00:00Z',
      fetchedAt: '2026-11-24T08:00:00Z',
      advisories: 1_470,
      limits: ['names vulnerabilities that are exploited somewhere, not here'],
    },
  ];
}

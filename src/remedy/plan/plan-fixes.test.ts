import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { MisconfigurationFinding } from '#checks/index.ts';
import type { InstalledPackage } from '#model/index.ts';
import type { VulnerabilityFinding } from '#vulnerability/index.ts';
import { pkg } from '../../../test/kit/matching.ts';
import { hostileReport, sampleReport } from '../../../test/kit/report.ts';
import { planFormats } from '../render/index.ts';
import { planFixes } from './plan-fixes.ts';

const evidence = { evidence: 'declared', cataloger: 'npm-lock', origin: { path: 'web/package-lock.json' } } as const;
const library = (spec: string, more: Pick<InstalledPackage, 'relation' | 'dependencies'>) =>
  pkg('npm', spec, { purl: `pkg:npm/${spec.replace(' ', '@')}`, ...evidence, ...more });

const packages = [
  library('shop 1.0.0', { relation: 'root', dependencies: ['express@4.16.0', 'lodash@4.17.15'] }),
  library('express 4.16.0', { relation: 'direct', dependencies: ['qs@6.5.1'] }),
  library('lodash 4.17.15', { relation: 'direct', dependencies: [] }),
  library('qs 6.5.1', { relation: 'transitive', dependencies: [] }),
  pkg('pypi', 'urllib3 1.26.4', {
    purl: 'pkg:pypi/urllib3@1.26.4',
    evidence: 'declared',
    cataloger: 'pip-requirements',
    origin: { path: 'requirements.txt' },
  }),
];

function found(id: string, name: string, fixedVersion?: string, more: Partial<VulnerabilityFinding> = {}) {
  const owner = packages.find((one) => one.name === name) ?? library(name, {});
  const { type: scheme, version } = owner;
  const range = fixedVersion === undefined ? {} : { range: { fixed: fixedVersion } };
  const said = {
    source: 'osv',
    advisoryId: id,
    ecosystem: scheme,
    name,
    version,
    subject: 'package',
    scheme,
    ...range,
  };
  return {
    kind: 'vulnerability',
    id,
    aliases: [],
    package: owner,
    state: fixedVersion === undefined ? 'affected' : 'fixed',
    severity: 'high',
    scores: [],
    references: [],
    enrichment: {},
    evidence: [{ ...said, subject: 'package' }],
    ...(fixedVersion !== undefined && { fixedVersion }),
    ...more,
  } satisfies VulnerabilityFinding;
}

const kev = { kev: { dateAdded: '2026-01-01', ransomware: false } };
const findings = [
  found('CVE-1', 'lodash', '4.17.21'),
  found('CVE-2', 'lodash', '5.0.0'),
  found('CVE-3', 'qs', '6.5.3', { enrichment: kev }),
  found('CVE-4', 'lodash'),
  found('CVE-5', 'urllib3', '1.26.5', { severity: 'low' }),
];
const directory = { kind: 'tree', name: 'shop', scheme: 'directory', tags: [], layers: [] } as const;
const plan = planFixes(sampleReport({ artifact: directory, packages, findings }));

test('groups by project and package manager, the most pressing first', () => {
  const lines = plan.groups.flatMap(({ place, steps }) =>
    steps.map(({ id, what, to, confidence, isBreaking, removes, leaves, path, through }) =>
      [
        place.kind === 'project' ? `${place.manager} ${place.directory}/` : place.kind,
        `${id} -> ${to}`,
        what,
        confidence,
        isBreaking ? 'breaking' : 'compatible',
        removes.map((one) => one.id).join(' '),
        leaves.join(' '),
        path.join(' > '),
        through.join(' '),
      ].join(' | '),
    ),
  );
  assert.deepEqual(lines, [
    'npm web/ | qs@6.5.1 -> 6.5.3 | transitive-dependency | resolver | compatible | CVE-3 |  | express@4.16.0 > qs@6.5.1 | express@4.16.0',
    'npm web/ | lodash@4.17.15 -> 4.17.21 | direct-dependency | certain | compatible | CVE-1 | CVE-2 CVE-4 | lodash@4.17.15 | ',
    'npm web/ | lodash@4.17.15->5.0.0 -> 5.0.0 | direct-dependency | certain | breaking | CVE-2 | CVE-4 | lodash@4.17.15 | ',
    'pip / | urllib3@1.26.4 -> 1.26.5 | direct-dependency | certain | compatible | CVE-5 |  |  | ',
  ]);
  assert.deepEqual(plan.totals, { open: 5, removed: 4, left: 1 });
});

test('what has no fix is listed with what else can be done', () => {
  const [one, ...others] = plan.unfixed;
  assert.equal(others.length, 0);
  assert.deepEqual([one?.name, one?.state, one?.ids, one?.options.length], ['lodash', 'affected', ['CVE-4'], 3]);
});

test('an image is split in its base and what its own build steps install', () => {
  const image = planFixes(sampleReport());
  const places = image.groups.map(({ place, steps }) => `${place.kind}: ${steps.map(({ id }) => id).join(', ')}`);
  assert.deepEqual(places, ['own-layers: curl@7.88.1-10+deb12u4', 'base-image: base-image']);
  const curl = image.groups[0]?.steps[0];
  assert.equal(curl?.to, '7.88.1-10+deb12u6');
  assert.match(curl?.where ?? '', /^RUN .*apt-get install/);
  assert.deepEqual(
    image.unfixed.map(({ name, state }) => `${name} ${state}`),
    ['apt under-investigation', 'shadow deferred', 'tar affected', 'zlib will-not-fix'],
  );
});

const misconfigured: MisconfigurationFinding = {
  kind: 'misconfiguration',
  id: 'compose-new-privileges',
  subject: 'compose',
  severity: 'medium',
  title: 'A service can gain privileges while it runs',
  message: 'service web: no-new-privileges is not set',
  rationale: '',
  remediation: '',
  location: { path: 'compose.yaml', line: 2 },
  position: { line: 2, column: 3 },
  controls: [],
  references: [],
  fix: [{ start: 0, end: 0, text: '' }],
};

function configurationReport() {
  const { fix: _fix, ...byHand } = misconfigured;
  return sampleReport({
    artifact: directory,
    scanners: ['misconfiguration'],
    findings: [
      { ...misconfigured, position: { line: 9, column: 3 } },
      misconfigured,
      { ...misconfigured, id: 'compose-privileged', severity: 'critical', fixMayBreak: 'a program' },
      { ...byHand, id: 'compose-image-not-pinned', severity: 'low' },
      { ...byHand, id: 'compose-user-missing' },
    ],
  });
}

test('edits of configuration are steps by file and check, the worst first', () => {
  const { configuration } = planFixes(configurationReport());
  assert.deepEqual(configuration?.totals, { open: 5, removed: 4, left: 1 });
  const [file, ...others] = configuration.files;
  assert.equal(others.length, 0);
  const words = file?.steps.map(
    ({ id, lines, needs, mayBreak }) => `${id} ${lines.join(',')} ${needs} ${mayBreak ?? ''}`,
  );
  assert.deepEqual(words, [
    'compose-privileged@compose.yaml 2 text a program',
    'compose-new-privileges@compose.yaml 2,9 text ',
    'compose-image-not-pinned@compose.yaml 2 registry ',
  ]);
  const image = { ...configurationReport(), artifact: sampleReport().artifact };
  assert.deepEqual(planFixes(image).configuration?.files, [], 'files of an image were made elsewhere');
  assert.equal(planFixes(sampleReport()).configuration, undefined, 'nobody looked');
});

test('foreign words act neither on a terminal nor in Markdown', () => {
  const hostile = planFixes(hostileReport());
  for (const { id, render } of planFormats) {
    const text = [...render(hostile, { color: false })].join('');
    if (id !== 'json') assert.doesNotMatch(text, /[\u001b\u0007\u202e\u2028]/);
    if (id === 'markdown') assert.doesNotMatch(text.replace(/`[^`]*`/g, ''), /[<>]/);
  }
});

test('the reference names every member of the JSON, and no other', () => {
  const reference = readFileSync(new URL('../../../docs/reference/fix-plan.md', import.meta.url), 'utf8');
  const documented = new Set([...reference.matchAll(/^\| `([^`]+)` \|/gm)].map(([, member]) => member));
  const windowed = found('CVE-6', 'express', '4.17.3', {
    priority: {
      window: { id: '14-days', days: 14, title: 'within 14 days' },
      forensics: false,
      base: { id: '14-days', title: '' },
      steps: [],
      rank: 1,
      facts: [],
      counterfactuals: [],
      policy: '',
    },
  });
  const labels = {
    'org.opencontainers.image.base.name': 'debian:12',
    'org.opencontainers.image.base.digest': 'sha256:1',
  };
  const config = { labels, env: [], history: [], entrypoint: [], cmd: [], volumes: [], exposedPorts: [] } as const;
  const image = sampleReport();
  const written = [
    planFixes(sampleReport({ artifact: directory, packages, findings: [...findings, windowed] })),
    planFixes({ ...image, artifact: { ...image.artifact, config } }),
    planFixes(configurationReport()),
  ];
  const members = new Set(written.flatMap((one) => [...membersOf(JSON.parse(JSON.stringify(one)))]));
  assert.deepEqual([...members].sort(), [...documented].sort());
});

function* membersOf(value: unknown, at = ''): Iterable<string> {
  if (Array.isArray(value)) for (const each of value) yield* membersOf(each, `${at}[]`);
  else if (typeof value === 'object' && value !== null)
    for (const [key, each] of Object.entries(value)) {
      const path = at === '' ? key : `${at}.${key}`;
      yield path;
      yield* membersOf(each, path);
    }
}

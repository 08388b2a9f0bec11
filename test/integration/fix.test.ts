import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { err, ok } from '#foundation/index.ts';
import { applyEdits, planFixes, proposeEdits } from '#remedy/index.ts';
import { type ScanReport, scan } from '#scan/index.ts';
import { missingPrograms } from '../kit/docker-registry.ts';
import { type LoopbackServer, startServer } from '../kit/loopback-server.ts';
import { zipOf } from '../kit/zip.ts';

// Projects with vulnerable dependencies, mended by the real npm: against a registry of our own whose packages are made for each way of
// mending, and against the public one.

const place = mkdtempSync(join(tmpdir(), 'plimsoll-fix-test-'));
after(() => rmSync(place, { recursive: true }));

type Files = Readonly<Record<string, unknown>>;

function project(name: string, files: Files): string {
  const root = join(place, name);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
  }
  return root;
}

/** A made vulnerability in every version below. */
function record([name, fixed]: readonly [string, string], ecosystem: string) {
  const ranges = [{ type: ecosystem === 'npm' ? 'SEMVER' : 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }];
  const id = `GHSA-${name.replace(/\W/g, '')}`;
  const said = { modified: '2026-01-01T00:00:00Z', summary: name, database_specific: { severity: 'HIGH' } };
  return {
    name: `${id}.json`,
    content: JSON.stringify({ id, ...said, affected: [{ package: { ecosystem, name }, ranges }] }),
  };
}

const vulnerable = {
  npm: [
    ['keel', '1.0.1'],
    ['rudder', '1.1.0'],
    ['anchor', '2.0.1'],
    ['sail', '2.0.1'],
    ['mast', '2.0.0'],
    ['lodash', '4.17.21'],
    ['qs', '6.5.3'],
  ],
  PyPI: [['urllib3', '1.26.5']],
} as const;

before(() => {
  for (const [ecosystem, packages] of Object.entries(vulnerable)) {
    const zip = zipOf(packages.map((one) => record(one, ecosystem)));
    mkdirSync(join(place, 'feeds/osv', ecosystem), { recursive: true });
    writeFileSync(join(place, 'feeds/osv', ecosystem, 'all.zip'), zip);
  }
});

async function scanned(root: string): Promise<ScanReport> {
  const done = await scan({
    target: `dir:${root}`,
    open: {},
    cache: 'none',
    advisories: {
      network: 'auto',
      databaseDirectory: join(place, 'db'),
      maxAgeHours: 24,
      usePackageMirror: 'never',
      cacheDirectory: join(place, 'cache'),
      feedMirror: join(place, 'feeds'),
    },
    includeKernelHeaders: false,
    signal: AbortSignal.timeout(120_000),
    onProgress: () => undefined,
  });
  assert.ok(done.ok, done.ok ? '' : done.error.message);
  return done.value;
}

async function proposed(
  root: string,
  more: { only?: string[]; allowsOverrides?: boolean; allowsBreaking?: boolean } = {},
) {
  const report = await scanned(root);
  const plan = planFixes(report);
  const proposal = await proposeEdits(plan, {
    root,
    report,
    only: more.only ?? [],
    severities: [],
    allowsOverrides: more.allowsOverrides ?? false,
    allowsBreaking: more.allowsBreaking ?? false,
    assess: async (directory) => ok(await scanned(directory)),
    registry: { tags: async () => err('not asked for'), digest: async () => err('not asked for') },
    signal: AbortSignal.timeout(300_000),
  });
  return { plan, ...proposal, refused: proposal.refusals.map(({ step, reason }) => `${step}: ${reason}`) };
}

async function openIn(root: string): Promise<string[]> {
  return planFixes(await scanned(root))
    .groups.flatMap(({ steps }) => steps.map(({ id }) => id))
    .sort();
}

/** `name: version -> what it needs` */
const registryPackages: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
  keel: { '1.0.0': {}, '1.0.1': {}, '1.0.2': {} },
  rudder: { '1.0.0': {}, '1.1.0': {} },
  anchor: { '2.0.0': {}, '2.0.1': {} },
  sail: { '2.0.0': {}, '2.0.1': {} },
  mast: { '1.0.0': {}, '2.0.0': { keel: '1.0.0' } },
  steers: { '1.0.0': { rudder: '^1.0.0' } },
  moors: { '1.0.0': { anchor: '2.0.0' }, '1.4.0': { anchor: '2.0.1' }, '2.0.0': {} },
  drives: { '1.0.0': { sail: '2.0.0' }, '1.0.1': { sail: '2.0.0' } },
};

function packument(name: string, origin: string) {
  const versions = Object.entries(registryPackages[name] ?? {}).map(([version, dependencies]) => [
    version,
    {
      name,
      version,
      dependencies,
      dist: { tarball: `${origin}/${name}-${version}.tgz`, integrity: integrityOf(name, version) },
    },
  ]);
  return { name, 'dist-tags': { latest: versions.at(-1)?.[0] }, versions: Object.fromEntries(versions) };
}

/** npm takes packages for the same when this is the same. */
const integrityOf = (name: string, version: string) =>
  `sha512-${createHash('sha512').update(`${name}@${version}`).digest('base64')}`;

const entry = (name: string, version: string, dependencies: Readonly<Record<string, string>>) => ({
  version,
  integrity: integrityOf(name, version),
  ...(Object.keys(dependencies).length > 0 && { dependencies }),
});

/** A project whose lock is as npm would have made it when the first versions were the newest. */
function lockedProject(dependencies: Readonly<Record<string, string>>, more: object = {}) {
  const packages: Record<string, object> = { '': { name: 'shop', version: '1.0.0', dependencies } };
  const add = (name: string) => {
    const [[version, needs] = ['1.0.0', {}]] = Object.entries(registryPackages[name] ?? {});
    packages[`node_modules/${name}`] = entry(name, version, needs);
    for (const needed of Object.keys(needs)) add(needed);
  };
  for (const name of Object.keys(dependencies)) add(name);
  return {
    'package.json': { name: 'shop', version: '1.0.0', dependencies, ...more },
    'package-lock.json': { name: 'shop', version: '1.0.0', lockfileVersion: 3, requires: true, packages },
  };
}

describe('npm', { skip: missingPrograms('npm') }, () => {
  let server: LoopbackServer;
  before(async () => {
    server = await startServer((request, response) => {
      const name = decodeURIComponent((request.url ?? '').slice(1));
      if (!Object.hasOwn(registryPackages, name)) response.writeHead(404);
      response.end(JSON.stringify(Object.hasOwn(registryPackages, name) ? packument(name, server.origin) : {}));
    });
  });
  after(async () => server.close());
  const settings = () => ({ '.npmrc': `registry=${server.origin}/\n` });

  test('each way of mending, in its order, and only as much as is asked for', async () => {
    const dependencies = { keel: '^1.0.0', steers: '1.0.0', moors: '~1.0.0', drives: '1.0.0' };
    const root = project('ways', { ...lockedProject(dependencies), ...settings() });
    assert.deepEqual(await openIn(root), ['anchor@2.0.0', 'keel@1.0.0', 'rudder@1.0.0', 'sail@2.0.0']);

    const only = await proposed(root, { only: ['keel'] });
    assert.deepEqual(
      only.edits.map(({ file }) => file.path),
      ['package.json', 'package-lock.json'],
    );
    assert.deepEqual(only.refused, []);

    const all = await proposed(root);
    assert.match(all.refused.join('\n'), /^sail@2.0.0: what needs it does not allow 2.0.1; drives@1.0.0 would have to/);
    assert.match(all.notes.join('\n'), /moors goes from 1.0.0 to 1.4.0 because it brings anchor/);
    assert.match(all.notes.join('\n'), /"overrides": \{ "sail": "2.0.1" \}/);
    const manifest = all.edits.find(({ file }) => file.path === 'package.json')?.after ?? '';
    assert.deepEqual(JSON.parse(manifest).dependencies, {
      keel: '^1.0.1',
      steers: '1.0.0',
      moors: '~1.4.0',
      drives: '1.0.0',
    });
    assert.equal((await applyEdits(root, all.edits)).ok, true);
    assert.deepEqual(await openIn(root), ['sail@2.0.0']);

    const forced = await proposed(root, { allowsOverrides: true });
    assert.deepEqual(forced.refused, []);
    assert.equal((await applyEdits(root, forced.edits)).ok, true);
    assert.deepEqual(await openIn(root), []);
    assert.deepEqual(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).overrides, { sail: '2.0.1' });
  });

  test('a workspace is raised where it asks', async () => {
    const root = project('workspaces', {
      'app/package.json': { name: 'shop', private: true, workspaces: ['packages/*'] },
      'app/packages/hull/package.json': { name: 'hull', version: '1.0.0', devDependencies: { keel: '~1.0.0' } },
      'app/package-lock.json': {
        name: 'shop',
        lockfileVersion: 3,
        requires: true,
        packages: {
          '': { name: 'shop', workspaces: ['packages/*'] },
          'node_modules/hull': { resolved: 'packages/hull', link: true },
          'node_modules/keel': { ...entry('keel', '1.0.0', {}), dev: true },
          'packages/hull': { version: '1.0.0', devDependencies: { keel: '~1.0.0' } },
        },
      },
      'app/.npmrc': settings()['.npmrc'],
    });
    const { edits, refused } = await proposed(root);
    assert.deepEqual(refused, []);
    assert.deepEqual(
      edits.map(({ file }) => file.path),
      ['app/package-lock.json', 'app/packages/hull/package.json'],
    );
    assert.equal((await applyEdits(root, edits)).ok, true);
    assert.deepEqual(await openIn(root), []);
  });

  test('what may break is left until it is asked for', async () => {
    const root = project('breaking', { ...lockedProject({ mast: '^1.0.0' }), ...settings() });
    const careful = await proposed(root);
    assert.deepEqual(careful.edits, []);
    assert.deepEqual(careful.refused, ['mast@1.0.0: its interface may have changed in 2.0.0: --breaking takes it']);
    const bold = await proposed(root, { allowsBreaking: true });
    assert.deepEqual(bold.refused, []);
    assert.deepEqual(JSON.parse(bold.edits[0]?.after ?? '').dependencies, { mast: '^2.0.0' });
    assert.match(bold.notes.join(), /not here before: keel@1.0.0 \(GHSA-keel\)/);
  });

  test('one package that cannot be had does not keep the others from being mended', async () => {
    const root = project('partly', { ...lockedProject({ keel: '1.0.0', rudder: '1.0.0' }), ...settings() });
    const saved = registryPackages['rudder'];
    Object.assign(registryPackages, { rudder: { '1.0.0': {} } });
    try {
      const { refused, edits } = await proposed(root);
      assert.match(refused.join('\n'), /^rudder@1.0.0: npm install says: .*rudder@1.1.0/);
      const manifest = edits.find(({ file }) => file.path === 'package.json')?.after ?? '';
      assert.deepEqual(JSON.parse(manifest).dependencies, { keel: '1.0.1', rudder: '1.0.0' });
    } finally {
      Object.assign(registryPackages, { rudder: saved });
    }
  });

  test('nothing that a project names is run', async () => {
    const mark = join(place, 'was-run');
    const program = `#!/bin/sh\ntouch ${mark}\n`;
    const scripts = Object.fromEntries(
      ['preinstall', 'install', 'postinstall', 'prepare', 'dependencies'].map((name) => [name, `touch ${mark}`]),
    );
    const root = project('scripts', {
      ...lockedProject({ keel: '1.0.0' }, { scripts, packageManager: 'npm@1.0.0' }),
      '.npmrc': [
        `registry=${server.origin}/`,
        'ignore-scripts=false',
        `script-shell=${join(place, 'scripts/run-me')}`,
        `git=${join(place, 'scripts/run-me')}`,
        `node-options=--require ${join(place, 'scripts/run-me.cjs')}`,
        `init-module=${join(place, 'scripts/run-me.cjs')}`,
        `userconfig=${join(place, 'scripts/.npmrc')}`,
        'prefix=/nonexistent',
      ].join('\n'),
      'run-me': program,
      'run-me.cjs': `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '')`,
      'node_modules/.bin/npm': program,
    });
    const { edits, notes } = await proposed(root);
    assert.equal(edits.length, 2);
    assert.equal(JSON.parse(edits[0]?.after ?? '').scripts.preinstall, `touch ${mark}`);
    assert.match(notes.join(), /ignore-scripts, script-shell, git, node-options/);
    assert.equal(existsSync(mark), false);
  });

  test('git is never run', async () => {
    const root = project('git', {
      ...lockedProject({ keel: '1.0.0', far: 'git+ssh://git@127.0.0.1:1/far.git' }),
      ...settings(),
    });
    const hidden = await proposed(root);
    assert.deepEqual(hidden.edits, []);
    assert.match(hidden.refused.join(), /npm install says: .*(?:git|far)/);
    const locked = lockedProject({ keel: '1.0.0' });
    Object.assign(locked['package-lock.json'].packages, {
      'node_modules/far': { version: '1.0.0', resolved: 'git+ssh://git@127.0.0.1:1/far.git#0' },
    });
    const told = await proposed(project('git-lock', { ...locked, ...settings() }));
    assert.match(told.refused.join(), /dependencies from git: npm would run git/);
  });

  test('what is odd is refused with words', async () => {
    const root = project('linked', { ...lockedProject({ keel: '1.0.0' }), ...settings(), 'other/package.json': '{}' });
    rmSync(join(root, 'package.json'));
    symlinkSync('other/package.json', join(root, 'package.json'));
    assert.match((await proposed(root)).refused.join(), /package.json is a symbolic link, which is not followed/);

    const outside = lockedProject({ keel: '1.0.0' });
    Object.assign(outside['package-lock.json'].packages, { 'node_modules/x': { resolved: '../x', link: true } });
    assert.match(
      (await proposed(project('outside', { ...outside, ...settings() }))).refused.join(),
      /links node_modules\/x to a place outside/,
    );

    const large = lockedProject({ keel: '1.0.0' });
    const padded = `${JSON.stringify(large['package-lock.json'])}${' '.repeat(33 * 1024 * 1024)}`;
    const huge = project('large', { ...large, 'package-lock.json': padded, ...settings() });
    assert.match((await proposed(huge)).refused.join(), /more than 33554432 are not edited/);
  });

  test('a project with real packages, against the public registry', { timeout: 240_000 }, async (context) => {
    const root = project('public', {
      'package.json': { name: 'shop', version: '1.0.0', dependencies: { express: '4.16.0', lodash: '^4.17.0' } },
    });
    const parameters = [
      'install',
      '--package-lock-only',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--fetch-retries=0',
    ];
    // An exact version first, so that the lock stays behind what the range allows.
    const made = spawnSync('npm', [...parameters, 'lodash@4.17.15'], { cwd: root, timeout: 60_000 });
    if (made.status !== 0) return context.skip('the public npm registry cannot be reached');
    assert.deepEqual(await openIn(root), ['lodash@4.17.15', 'qs@6.5.1']);
    const { edits, refused } = await proposed(root);
    assert.deepEqual(refused, []);
    assert.equal((await applyEdits(root, edits)).ok, true);
    assert.deepEqual(await openIn(root), []);
  });
});

test('requirements and constraints are edited where the pin is', async () => {
  const root = project('pip', {
    'requirements.txt': 'requests>=2 # why\n-c constraints.txt\nurllib3\n',
    'constraints.txt': 'urllib3==1.26.4 ; python_version > "3"\n',
    'locked/requirements.txt': `urllib3==1.26.4 \\\n    --hash=sha256:${'0'.repeat(64)}\n`,
  });
  assert.deepEqual(await openIn(root), ['urllib3@1.26.4', 'urllib3@1.26.4']);
  const { edits, refused } = await proposed(root);
  assert.deepEqual(
    edits.map(({ file, after }) => [file.path, after]),
    [
      ['requirements.txt', 'requests>=2 # why\n-c constraints.txt\nurllib3>=1.26.5\n'],
      ['constraints.txt', 'urllib3==1.26.5 ; python_version > "3"\n'],
    ],
  );
  assert.match(refused.join(), /urllib3@1.26.4: locked\/requirements.txt: it is pinned by hashes/);
});

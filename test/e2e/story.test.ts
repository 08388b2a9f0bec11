import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { DatabaseLocation } from '#postgres/index.ts';
import type { Finding, ScanReport } from '#scan/index.ts';
import { serve } from '#server/index.ts';
import { createClient } from '../../console/src/api/client.ts';
import { type Answer, type Received, startReceiver } from '../kit/receiver.ts';
import { digestOf, finding, installed, sampleReport } from '../kit/report.ts';
import { startSystemPostgres, systemPostgresSkip } from '../kit/system-postgres.ts';
import { zipOf } from '../kit/zip.ts';

const program = join(import.meta.dirname, '../../src/bin/plimsoll.ts');

interface Said {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** A person or a machine at a shell, with a home of their own. */
class Shell {
  readonly #environment: NodeJS.ProcessEnv;

  constructor(home: string, environment: NodeJS.ProcessEnv = {}) {
    const { PLIMSOLL_TOKEN: _, PLIMSOLL_SERVER: __, ...rest } = process.env;
    this.#environment = { ...rest, XDG_CONFIG_HOME: home, HOME: home, ...environment };
  }

  async run(words: readonly string[], input = ''): Promise<Said> {
    const child = spawn(process.execPath, [program, ...words], { env: this.#environment, stdio: 'pipe' });
    const said = { out: '', error: '' };
    child.stdout.on('data', (bytes) => {
      said.out += bytes;
    });
    child.stderr.on('data', (bytes) => {
      said.error += bytes;
    });
    child.stdin.end(input);
    const [code] = await once(child, 'close');
    return { ...said, code };
  }

  /** What is to be done, or the test fails. */
  async does(...words: readonly string[]): Promise<string> {
    const { code, out, error } = await this.run(words);
    assert.equal(code, 0, `${words.join(' ')}: ${error}${out}`);
    return out;
  }

  async json(...words: readonly string[]): Promise<Record<string, unknown>> {
    return JSON.parse(await this.does(...words, '--json'));
  }

  /** `plimsoll api`, and the id of what it made. */
  async makes(...words: readonly string[]): Promise<string> {
    return String((await this.json('api', ...words))['id']);
  }
}

interface Listed {
  readonly id: string;
  readonly rule: string;
  readonly state: string;
}

async function findings(shell: Shell, filter: string): Promise<readonly Listed[]> {
  return (await shell.json('findings', 'list', filter))['items'] as readonly Listed[];
}

/** Waits for what a job of the server does. */
async function until<T>(what: string, look: () => Promise<T | undefined>, seconds = 150): Promise<T> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await delay(500);
  }
  throw new Error(`${what} did not happen in ${seconds} s`);
}

const openssl = installed({ name: 'openssl', version: '3.0.11-1' });
const zlib = installed({ name: 'zlib1g', version: '1.2.13-1', source: { name: 'zlib', version: '1.2.13-1' } });
const lodash = installed({
  type: 'npm',
  name: 'lodash',
  version: '4.17.15',
  purl: 'pkg:npm/lodash@4.17.15',
  origin: { path: 'app/node_modules/lodash/package.json' },
});
const CRITICAL = finding({ id: 'CVE-2026-1001', package: openssl, severity: 'critical', fixedVersion: '3.0.12-1' });
const HIGH = finding({ id: 'CVE-2026-1002', package: zlib, severity: 'high', fixedVersion: '1.2.13-2' });

/** Of the image that the tag `main` names from then on. */
function report(image: string, build: number, found: readonly Finding[]): string {
  const base = sampleReport();
  const made: ScanReport = sampleReport({
    createdAt: new Date(Date.now() - 3_600_000 + build * 60_000).toISOString(),
    artifact: {
      ...base.artifact,
      name: `registry.example/${image}:main`,
      tags: [`registry.example/${image}:main`],
      manifestDigest: digestOf(`${image.length}${build}`),
    },
    packages: [openssl, zlib, lodash],
    findings: found,
    unassessed: [],
    problems: [],
    assessment: 'complete',
  });
  return JSON.stringify(made);
}

/** What publishers say from now on. */
function publish(mirror: string, advisories: readonly string[]): void {
  const put = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(join(mirror, path)), { recursive: true });
    writeFileSync(join(mirror, path), content);
  };
  const open = { releases: { bookworm: { status: 'open', urgency: 'not yet assigned' } } };
  put('debian/tracker.json.gz', gzipSync(JSON.stringify({ bash: { 'CVE-2000-1': open } })));
  const records = ['GHSA-0000-0000-0000', ...advisories].map((id) => ({
    name: `${id}.json`,
    content: JSON.stringify({
      id,
      modified: '2026-11-24T00:00:00Z',
      database_specific: { severity: 'HIGH' },
      affected: [
        {
          package: { ecosystem: 'npm', name: id.endsWith('0000') ? 'left-pad' : 'lodash' },
          ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }],
        },
      ],
    }),
  }));
  put('osv/npm/all.zip', zipOf(records));
  const vulnerabilities = [{ cveID: 'CVE-2000-1', dateAdded: '2026-11-24' }];
  put('kev/known_exploited_vulnerabilities.json', JSON.stringify({ dateReleased: '2026-11-24', vulnerabilities }));
}

/** One issue of GitLab, as version 4 of its interface has it. */
function fakeGitlab() {
  const issue = { state: 'opened', labels: [] as string[], notes: [] as string[] };
  let isThere = false;
  const shown = () => ({ iid: 7, web_url: 'https://gitlab.example/shop/web/-/issues/7', ...issue });
  const answer = ({ method, path, body }: Received): Answer => {
    const { pathname } = new URL(path, 'http://gitlab.example');
    const given = body === '' ? {} : JSON.parse(body);
    if (pathname.endsWith('/issues') && method === 'GET') return { body: isThere ? [shown()] : [] };
    if (pathname.endsWith('/issues')) {
      isThere = true;
      issue.labels = given.labels.split(',');
      return { status: 201, body: shown() };
    }
    if (pathname.endsWith('/notes')) issue.notes.push(given.body);
    else if (method === 'PUT') issue.state = given.state_event === 'close' ? 'closed' : 'opened';
    return { body: shown() };
  };
  return { issue, answer };
}

async function story(database: DatabaseLocation, directory: string): Promise<void> {
  const mirror = join(directory, 'mirror');
  publish(mirror, []);
  const running = await serve({
    database,
    role: 'all',
    host: '127.0.0.1',
    port: 0,
    log: 'nothing',
    keyFile: join(directory, 'secrets.key'),
    makeKey: true,
    allowedAddresses: ['127.0.0.0/8'],
    advisories: {
      directory: join(directory, 'advisories'),
      feedMirror: mirror,
      network: 'auto',
      everyMinutes: 60,
      program,
    },
  });
  if (!running.ok) throw new Error(running.error);
  const gitlab = fakeGitlab();
  const tracker = await startReceiver(gitlab.answer);
  try {
    const { address, welcome = '' } = running.value;
    const people = await enrol(address, welcome, directory);
    await happens(people, { address, directory, mirror, gitlab, trackerUrl: tracker.origin });
  } finally {
    await tracker.close();
    await running.value.close();
  }
}

interface People {
  readonly chief: Shell;
  readonly dev: Shell;
  readonly lead: Shell;
  readonly banker: Shell;
  readonly ci: Shell;
  readonly teams: ReadonlyMap<string, string>;
}

/** Two teams; an administrator, two people of one team, one of the other, and a pipeline. */
async function enrol(address: string, welcome: string, directory: string): Promise<People> {
  const shell = (name: string, environment = {}) => {
    mkdirSync(join(directory, name));
    return new Shell(join(directory, name), environment);
  };
  const anybody = createClient({ server: address });
  const enter = async (link: string, name: string) => {
    const password = `the first sentence of ${name}`;
    const token = link.split('#')[1] ?? link;
    await anybody.call('useSignInLink', { body: { token, password, name } });
    const made = shell(name);
    const { code, error } = await made.run(['login', address, '--name', name, '--password-stdin'], `${password}\n`);
    assert.equal(code, 0, error);
    return made;
  };
  const chief = await enter(welcome, 'chief');
  const teams = new Map<string, string>();
  for (const name of ['shop', 'bank']) teams.set(name, await chief.makes('addTeam', `name=${name}`));
  const admit = async (name: string, role: string, team: string) => {
    const id = await chief.makes('addAccount', 'kind=person', `name=${name}`);
    const scope = JSON.stringify({ kind: 'team', team: teams.get(team) });
    await chief.does('api', 'addMember', `id=${teams.get(team)}`, `account=${id}`);
    await chief.does('api', 'addGrant', `account=${id}`, `role=${role}`, `scope:=${scope}`);
    const link = await chief.json('api', 'makeSignInLink', `id=${id}`);
    return enter(String(link['token']), name);
  };
  const dev = await admit('dev', 'developer', 'shop');
  const lead = await admit('lead', 'approver', 'shop');
  const banker = await admit('banker', 'approver', 'bank');
  const machine = await chief.makes('addAccount', 'kind=machine', 'name=pipeline');
  await chief.does('api', 'addGrant', `account=${machine}`, 'role=ci', 'scope:={"kind":"all"}');
  const token = await chief.json(
    'api',
    'addToken',
    'name=pipeline',
    `account=${machine}`,
    'permissions:=["reports:upload"]',
  );
  const ci = shell('pipeline', { PLIMSOLL_TOKEN: String(token['token']), PLIMSOLL_SERVER: address });
  const rules = [
    { kind: 'path', pattern: 'registry.example/shop/**', team: 'shop' },
    { kind: 'path', pattern: 'registry.example/bank/**', team: 'bank' },
  ];
  await chief.does('api', 'replaceOwnershipRules', 'version:=0', `rules:=${JSON.stringify(rules)}`);
  return { chief, dev, lead, banker, ci, teams };
}

interface Place {
  readonly address: string;
  readonly directory: string;
  readonly mirror: string;
  readonly gitlab: ReturnType<typeof fakeGitlab>;
  readonly trackerUrl: string;
}

async function happens(people: People, place: Place): Promise<void> {
  const { chief, dev, lead, banker, ci } = people;
  const { address, directory } = place;
  const send = async (name: string, text: string) => {
    writeFileSync(join(directory, name), text);
    await ci.does('upload', join(directory, name), '--server', address);
  };
  await send('shop-1.json', report('shop/web', 1, [CRITICAL, HIGH]));
  await send('bank-1.json', report('bank/core', 1, [HIGH]));

  // Each team sees its own, and the pipeline sees nothing.
  const shops = await findings(dev, 'is:open');
  assert.deepEqual(shops.map(({ rule }) => rule).sort(), ['CVE-2026-1001', 'CVE-2026-1002']);
  assert.deepEqual((await findings(banker, 'is:open')).length, 1);
  assert.equal((await findings(chief, 'is:open')).length, 3);
  assert.equal((await ci.run(['findings', 'list'])).code, 3);
  const idOf = (rule: string) => shops.find((one) => one.rule === rule)?.id ?? '';
  const [critical, high] = [idOf('CVE-2026-1001'), idOf('CVE-2026-1002')];
  assert.equal((await banker.run(['findings', 'show', critical])).code, 2);

  await exceptionIsApprovedByAnother(people, critical);
  await ticketGoesRound(people, place, high);

  // The fix is proven by a scan, not by a word.
  await send('shop-2.json', report('shop/web', 2, [CRITICAL]));
  await until('the fix', async () =>
    (await findings(dev, 'is:fixed')).some(({ id }) => id === high) ? true : undefined,
  );
  await until('the ticket is closed', async () => (place.gitlab.issue.state === 'closed' ? true : undefined));
  assert.match(await dev.does('findings', 'show', high), /fixed/);

  await advisoryArrivesLater(people, place);
  await numbersAreKnown(people);
  assert.equal((await chief.json('api', 'verifyAudit'))['isIntact'] ?? true, true);
  assert.match(await lead.does('logout'), /Forgotten/);
  assert.equal((await lead.run(['findings', 'list'])).code, 2);
}

async function exceptionIsApprovedByAnother({ dev, lead, banker }: People, critical: string): Promise<void> {
  await dev.does('findings', 'assign', critical, '--to', 'me');
  await dev.does('findings', 'comment', critical, 'The code is not reachable from outside.');
  const alone = await dev.run([
    'findings',
    'decide',
    critical,
    '--as',
    'accepted',
    '--reason',
    'later',
    '--until',
    '7d',
  ]);
  assert.equal(alone.code, 2, 'nobody decides alone about what is critical');
  const asked = [
    '--finding',
    critical,
    '--reason',
    'risk-accepted',
    '--explanation',
    'Behind the gateway.',
    '--until',
    '5d',
  ];
  assert.match(await dev.does('exceptions', 'request', ...asked, '--preview'), /would hide 1 finding/);
  const exception = await dev.json('exceptions', 'request', ...asked);
  const id = String(exception['id']);
  assert.notEqual((await dev.run(['exceptions', 'approve', id])).code, 0, 'nobody approves what they asked for');
  assert.equal((await banker.run(['exceptions', 'approve', id])).code, 2, 'another team does not even see it');
  assert.match(await lead.does('exceptions', 'list', '--server', '--state', 'requested'), new RegExp(id));
  await lead.does('exceptions', 'approve', id, '--comment', 'Until the gateway goes.');
  await until('the exception holds', async () =>
    (await findings(dev, 'state:accepted')).some((one) => one.id === critical) ? true : undefined,
  );
}

async function ticketGoesRound(
  { chief, dev }: People,
  { address, gitlab, trackerUrl }: Place,
  high: string,
): Promise<void> {
  const settings = {
    url: trackerUrl,
    token: 'glpat-hidden',
    project: 'shop/web',
    webhookSecret: 'a-secret-of-the-hook',
  };
  const tracker = await chief.makes('addTracker', 'kind=gitlab', 'name=shop', `settings:=${JSON.stringify(settings)}`);
  const ticket = await dev.makes('addTicket', `finding=${high}`, `tracker=${tracker}`);
  const key = await until('the ticket is made', async () => {
    const { key } = await dev.json('api', 'getTicket', `id=${ticket}`);
    return typeof key === 'string' ? key : undefined;
  });
  assert.equal(key, '7');
  gitlab.issue.labels.push('in progress');
  const hook = await fetch(`${address}/api/v1/webhooks/trackers/${tracker}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-gitlab-token': 'a-secret-of-the-hook' },
    body: JSON.stringify({ object_kind: 'issue', object_attributes: { iid: 7 } }),
  });
  assert.equal(hook.status, 202);
  await until('the finding is taken up', async () =>
    (await findings(dev, 'state:in-progress')).some(({ id }) => id === high) ? true : undefined,
  );
}

async function advisoryArrivesLater({ chief, dev, banker }: People, { mirror }: Place): Promise<void> {
  const applied = async () => (await chief.json('api', 'getAdvisories'))['checkedAt'];
  await chief.does('api', 'updateAdvisories');
  await until('the feeds are read', async () => (await applied()) ?? undefined);
  publish(mirror, ['GHSA-1111-2222-3333']);
  await chief.does('api', 'updateAdvisories');
  const found = (shell: Shell) => async () => {
    const listed = await findings(shell, 'rule:GHSA-1111-2222-3333 is:open');
    return listed.length > 0 ? listed : undefined;
  };
  assert.equal((await until('the advisory reaches shop', found(dev))).length, 1);
  assert.equal((await until('the advisory reaches bank', found(banker))).length, 1);
}

/** Counted every ten minutes by a job; here it is known that it will be. */
async function numbersAreKnown({ chief, banker }: People): Promise<void> {
  const { metrics } = (await chief.json('api', 'listMetrics')) as { metrics?: readonly { id: string }[] };
  assert.ok(metrics?.some(({ id }) => id === 'mttr'));
  const { assets } = await banker.json('api', 'getCompliance', 'framework=nist-800-190');
  assert.equal(assets, 1);
}

async function inDirectory(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-story-'));
  // The database runs as somebody else when this is root, and passes through.
  chmodSync(directory, 0o711);
  try {
    await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

test('two teams live with a server of its own database: seen, excepted, ticketed, proven, and found later', () =>
  inDirectory((directory) => story({ kind: 'embedded', directory: join(directory, 'data') }, directory)));

test('the same on a PostgreSQL of the system', { skip: systemPostgresSkip }, () =>
  inDirectory(async (directory) => {
    const postgres = await startSystemPostgres();
    try {
      await story({ kind: 'url', url: await postgres.createDatabase() }, directory);
    } finally {
      await postgres.stop();
    }
  }),
);

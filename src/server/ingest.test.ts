import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { formatToken, hashSecret, newSecret } from '#identity/index.ts';
import { addAccount, addGrant, addToken, openStorage } from '#storage/index.ts';
import { digestOf, finding, installed, sampleReport } from '../../test/kit/report.ts';

/** `PLIMSOLL_KILL_ROUNDS=200 node --test src/server/ingest.test.ts` for a long look. */
const ROUNDS = Number(process.env['PLIMSOLL_KILL_ROUNDS'] ?? 10);
const FINDINGS = 40;

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-ingest-'));
let server: ChildProcess | undefined;
after(async () => {
  if (server?.exitCode === null) {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
  rmSync(directory, { recursive: true, force: true });
});

async function opened() {
  const storage = await openStorage({ kind: 'embedded', directory });
  if (!storage.ok) throw new Error(storage.error);
  return storage.value;
}

async function makeToken(): Promise<string> {
  const { query, close } = await opened();
  const now = new Date();
  const account = (await addAccount(query, { kind: 'machine', name: 'ci', email: null }, now)) ?? '';
  const scope = { kind: 'all' } as const;
  await addGrant(query, { account, team: null, role: 'ci', scope, createdAt: now });
  const secret = newSecret();
  const id = await addToken(query, {
    account,
    name: 'ci',
    permissions: ['reports:upload'],
    scope,
    hash: hashSecret(secret),
    createdAt: now,
    expiresAt: new Date(now.getTime() + 3_600_000),
  });
  await close();
  return formatToken({ kind: 'machine', id, secret });
}

/** The program as users start it; its address when it answers. */
async function start(): Promise<string> {
  const program = join(import.meta.dirname, '../bin/plimsoll.ts');
  server = spawn(process.execPath, [program, 'serve', '--data', directory, '--listen', '127.0.0.1:0', '--quiet'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const { stderr } = server;
  assert.ok(stderr);
  const told: string[] = [];
  for await (const line of createInterface({ input: stderr })) {
    told.push(line);
    const address = /answers at (\S+)/.exec(line)?.[1];
    if (address) return address;
  }
  throw new Error(`the server did not start: ${told.join('\n')}`);
}

function reportOf(round: number, image: number): string {
  const name = `registry.example/crash/${round}-${image % 3}:${image}`;
  const owner = installed({ name: `package-${round}-${image}`, version: '1' });
  const base = sampleReport();
  return JSON.stringify({
    ...base,
    createdAt: new Date(Date.UTC(2026, 0, 1 + round, 0, image)).toISOString(),
    artifact: { ...base.artifact, name, tags: [name], manifestDigest: digestOf(`${round}${image % 10}`) },
    packages: [owner],
    findings: Array.from({ length: FINDINGS }, (_, index) =>
      finding({ id: `CVE-2026-${10_000 + index}`, package: owner }),
    ),
  });
}

test('a server that is killed in the middle of uploads loses nothing that it said was done, and shows nothing half', async () => {
  const token = await makeToken();
  const acknowledged = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const address = await start();
    const upload = async (_: unknown, image: number): Promise<void> => {
      // What is cut off is not answered.
      const answer = await fetch(`${address}/api/v1/reports`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: reportOf(round, image),
      });
      const { report } = JSON.parse(await answer.text());
      if (answer.status === 201) acknowledged.add(String(report));
    };
    const uploads = Promise.allSettled(Array.from({ length: 12 }, upload));
    await delay(40 + (round % 10) * 45);
    const ended = server && once(server, 'exit');
    server?.kill('SIGKILL');
    await ended;
    await uploads;
  }
  const { query, close } = await opened();
  const reports = await query.selectFrom('report').select(['id', 'artifact_id', 'findings']).execute();
  const ids = new Set(reports.map(({ id }) => id));
  const told = await query
    .selectFrom('artifact')
    .select((eb) => [
      'id',
      eb
        .selectFrom('occurrence')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('artifact_id', '=', 'artifact.id')
        .as('occurrences'),
      eb
        .selectFrom('artifact_package')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('artifact_id', '=', 'artifact.id')
        .as('packages'),
    ])
    .execute();
  const audited = await query.selectFrom('audit_entry').select('seq').where('action', '=', 'report.upload').execute();
  await close();
  assert.ok(acknowledged.size > 0, 'some were done before the server was killed');
  assert.deepEqual(
    [...acknowledged].filter((id) => !ids.has(id)),
    [],
  );
  assert.equal(audited.length, reports.length);
  const perArtifact = Map.groupBy(reports, ({ artifact_id }) => artifact_id);
  assert.equal(told.length, perArtifact.size);
  for (const { id, occurrences, packages } of told) {
    assert.equal(occurrences, (perArtifact.get(id)?.length ?? 0) * FINDINGS);
    assert.equal(packages, 1);
  }
});

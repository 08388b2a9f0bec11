import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { APIResponse, BrowserContext } from 'playwright-core';
import { type DemoSize, seedDemo, sizes } from '#demo/index.ts';
import { type DatabaseLocation, runningServer } from '#postgres/index.ts';
import {
  createOutbound,
  createSecretBox,
  makeAdministratorLink,
  makeOwnLink,
  readKeyFile,
  serve,
} from '#server/index.ts';
import { openStorage, type Query } from '#storage/index.ts';

/** A real server with the made-up data of `plimsoll demo`. */
export interface DemoServer {
  readonly address: string;
  /** Beside the server, on its database. */
  readonly query: Query;
  /** The address of a one-time link of somebody. */
  linkOf(name: string): Promise<string>;
  /** Signs somebody in, in a browser, by such a link. */
  signIn(context: BrowserContext, name: string): Promise<void>;
}

export const PASSWORD = 'a password for looking around 7';

/** Ends with the tests of the file. `empty`: nothing is in it but the account `administrator`. */
export async function startDemoServer(size: DemoSize | 'empty' = sizes.small): Promise<DemoServer> {
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-demo-'));
  const keyFile = join(directory, 'secrets.key');
  const database = { kind: 'embedded', directory } as const;
  if (size !== 'empty') await fill(database, keyFile, size);
  const running = await serve({
    database,
    role: 'all',
    host: '127.0.0.1',
    port: 0,
    log: 'failures',
    keyFile,
    makeKey: true,
    allowedAddresses: [],
  });
  if (!running.ok) throw new Error(running.error);
  const beside = await openBeside(directory);
  after(async () => {
    await beside.close();
    await running.value.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const { address } = running.value;
  const { query } = beside;
  if (size === 'empty') await addAdministrator(query, address);
  const linkOf = async (name: string) => {
    const link = await makeOwnLink(query, { name, address }, new Date());
    if (!link.ok) throw new Error(link.error);
    return link.value;
  };
  return {
    address,
    query,
    linkOf,
    async signIn(context, name) {
      const token = new URL(await linkOf(name)).hash.slice(1);
      await expectOk(context.request.post(`${address}/api/v1/session/link`, { data: { token, password: PASSWORD } }));
      await expectOk(context.request.post(`${address}/api/v1/session`, { data: { name, password: PASSWORD } }));
    },
  };
}

async function addAdministrator(query: Query, address: string): Promise<void> {
  const link = await makeAdministratorLink(query, address, new Date());
  if (!link.ok) throw new Error(link.error);
  const token = new URL(link.value).hash.slice(1);
  const body = JSON.stringify({ token, name: 'administrator', password: PASSWORD });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${address}/api/v1/session/link`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(await answer.text());
}

async function fill(database: DatabaseLocation, keyFile: string, size: DemoSize): Promise<void> {
  const storage = await openStorage(database);
  if (!storage.ok) throw new Error(storage.error);
  const key = await readKeyFile(keyFile, true);
  if (!key.ok) throw new Error(key.error);
  const now = new Date();
  const context = {
    query: storage.value.query,
    now: () => now,
    secrets: createSecretBox(key.value),
    outbound: createOutbound({ allowed: [] }),
    origin: () => 'http://127.0.0.1',
  };
  await seedDemo(context, { seed: 'test', size, now });
  await storage.value.close();
}

/** A second way to the database of the server. */
async function openBeside(directory: string) {
  const url = runningServer(directory);
  if (url === undefined) throw new Error('the server has no database');
  const storage = await openStorage({ kind: 'url', url });
  if (!storage.ok) throw new Error(storage.error);
  return storage.value;
}

async function expectOk(answer: Promise<APIResponse>): Promise<void> {
  const response = await answer;
  if (!response.ok()) throw new Error(`${response.status()} ${await response.text()}`);
}

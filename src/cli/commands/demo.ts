import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { type DemoSize, guests, seedDemo, sizes } from '#demo/index.ts';
import { err, ok, printableLines, type Result } from '#foundation/index.ts';
import { createOutbound, createSecretBox, makeOwnLink, readKeyFile, serve } from '#server/index.ts';
import { openStorage, type Query } from '#storage/index.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import type { Finish } from '../program.ts';
import { withServerData } from '../server-data.ts';
import { type Listen, parseListen, untilInterrupted } from './serve-options.ts';

interface DemoFlags {
  readonly data?: string;
  readonly listen: Listen;
  readonly seed: string;
  readonly small?: boolean;
}

const KEY = 'secrets.key';
/** Lies in a data directory of the demo and nowhere else. */
const MARK = 'made-up-data.json';
const mark = z.object({ seed: z.string(), isComplete: z.boolean() });

export function declareDemoCommand(program: Command, finish: Finish): void {
  program
    .command('demo')
    .description(
      'Starts a server with the made-up data of an organisation, to look around in: nothing in it is real, and nothing leaves the machine.',
    )
    .option('--data <dir>', 'directory for its data, which the demo alone uses (default: ~/.local/share/plimsoll-demo)')
    .option('--listen <host:port>', 'where it answers', parseListen, { host: '127.0.0.1', port: 7480 })
    .option('--seed <text>', 'another text makes another organisation, the same text the same', 'plimsoll')
    .option('--small', 'a tenth of it, at once')
    .action(async (flags: DemoFlags) => finish(await runDemo(flags)));
}

async function runDemo({ data, listen, seed, small }: DemoFlags): Promise<ExitCode> {
  const directory = data ?? join(process.env['XDG_DATA_HOME'] || join(homedir(), '.local/share'), 'plimsoll-demo');
  const interrupted = interruptSignal();
  const prepared = await prepare(directory, seed, small ? sizes.small : sizes.full);
  if (!prepared.ok) return refuse(prepared.error);
  if (interrupted.aborted) return exitCodes.interrupted;
  const running = await serve({
    database: { kind: 'embedded', directory },
    ...listen,
    role: 'all',
    log: 'failures',
    keyFile: join(directory, KEY),
    makeKey: true,
    allowedAddresses: [],
  });
  if (!running.ok) return refuse(running.error);
  const { address, close } = running.value;
  process.stderr.write(`\nPlimsoll answers at ${address} with made-up data; Ctrl-C ends it.\n`);
  await withServerData({ data: directory }, (query) => printLinks(query, address));
  await untilInterrupted(interrupted);
  await close();
  return exitCodes.ok;
}

/** Each link lets one person choose a password, once, within a day; every start makes new ones. */
async function printLinks(query: Query, address: string): Promise<ExitCode> {
  process.stderr.write('Sign in, each link once:\n');
  for (const { name, about } of guests) {
    const link = await makeOwnLink(query, { name, address }, new Date());
    process.stderr.write(`\n  ${name}, ${about}\n  ${link.ok ? link.value : printableLines(link.error)}\n`);
  }
  return exitCodes.ok;
}

function refuse(error: string): ExitCode {
  process.stderr.write(`plimsoll: ${printableLines(error)}\n`);
  return exitCodes.notAssessed;
}

/** Fills the directory unless it was filled before. One that the demo has not made is left alone. */
async function prepare(directory: string, seed: string, size: DemoSize): Promise<Result<void>> {
  const path = join(directory, MARK);
  const isUsed = existsSync(directory) && readdirSync(directory).length > 0;
  if (isUsed && !existsSync(path))
    return err(`${directory} is not a directory of the demo; name an empty one with --data.`);
  if (isUsed) return seededBefore(path, directory);
  await mkdir(directory, { recursive: true, mode: 0o755 });
  await writeFile(path, JSON.stringify({ seed, isComplete: false }));
  const filled = await fill(directory, seed, size);
  if (filled.ok) await writeFile(path, JSON.stringify({ seed, isComplete: true }));
  return filled;
}

async function seededBefore(path: string, directory: string): Promise<Result<void>> {
  const read = mark.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (read.success && read.data.isComplete) return ok(undefined);
  return err(`The demo in ${directory} was interrupted while it was made; remove the directory and start again.`);
}

async function fill(directory: string, seed: string, size: DemoSize): Promise<Result<void>> {
  const storage = await openStorage({ kind: 'embedded', directory });
  if (!storage.ok) return storage;
  try {
    const key = await readKeyFile(join(directory, KEY), true);
    if (!key.ok) return key;
    const now = new Date();
    const context = {
      query: storage.value.query,
      now: () => now,
      secrets: createSecretBox(key.value),
      outbound: createOutbound({ allowed: [] }),
      origin: () => 'http://127.0.0.1',
    };
    await seedDemo(context, { seed, size, now, onProgress });
    return ok(undefined);
  } finally {
    await storage.value.close();
  }
}

function onProgress(done: number, of: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\rMaking up an organisation: day ${done} of ${of}`);
  else if (done === 1) process.stderr.write('Making up an organisation and its last 90 days; this takes a minute\n');
}

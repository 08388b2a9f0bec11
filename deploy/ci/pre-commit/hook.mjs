#!/usr/bin/env node
// Looks at what is about to be committed: `hook.mjs SCANNERS [OPTION ...] FILE ...`. The files are taken from the index of git, with the
// neighbours in their directories where configuration is asked about, since manifests are judged together.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';

const [scanners = '', ...given] = process.argv.slice(2);
// Names of files come behind the options, and one of them may look like an option.
const files = given.filter((argument) => existsSync(argument));
const options = given.filter((argument) => !existsSync(argument));

const stray = options.find((option) => !option.startsWith('--'));
if (stray !== undefined) {
  console.error(`plimsoll: ${JSON.stringify(stray)} is no file here; write options as --name=value`);
  process.exit(2);
}
const place = mkdtempSync(join(tmpdir(), 'plimsoll-commit-'));
try {
  process.exitCode = files.length === 0 ? 0 : look();
} catch (error) {
  console.error(`plimsoll: ${error.message}`);
  process.exitCode = 3;
} finally {
  rmSync(place, { recursive: true, force: true });
}

function look() {
  const paths = scanners.split(',').includes('misconfiguration') ? withNeighbours() : files;
  git(['checkout-index', '-z', '--stdin', `--prefix=${place}/`], paths.map((path) => `${path}\0`).join(''));
  const runner = join(import.meta.dirname, '../run.mjs');
  const asked = ['scan', '--quiet', '--scanners', scanners, '--fail-on', 'high', ...options, '--', `dir:${place}`];
  return spawnSync(process.execPath, [runner, ...asked], { stdio: 'inherit' }).status ?? 3;
}

function withNeighbours() {
  const directories = new Set(files.map((path) => posix.dirname(path)));
  const tracked = git(['ls-files', '-z', '--cached'], '').split('\0').filter(Boolean);
  return tracked.filter((path) => directories.has(posix.dirname(path)));
}

function git(args, input) {
  const done = spawnSync('git', args, { input, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  if (done.status === 0) return done.stdout;
  throw new Error(`git ${args[0]} failed: ${done.error?.message ?? done.stderr}`);
}

// The door to every npm script. It runs on whatever Node >= 20 the machine has, installs the locked dependencies when they
// are missing or out of date, and then works with the pinned Node that is among them.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const minimumNode = 24;

const [command = 'start', ...args] = process.argv.slice(2);
ensureInstalled();
const node = pinnedNode();
process.exitCode = await run(command, args);

async function run(name, rest) {
  switch (name) {
    case 'start':
      return start(rest);
    case 'build':
      return runNode(['tools/build.ts', ...rest]);
    case 'check':
      return runNode(['tools/check.ts', ...rest]);
    case 'format':
      return runNode(['node_modules/@biomejs/biome/bin/biome', 'check', '--write', ...rest]);
    case 'fuzz':
      return runNode(['test/fuzz/fuzz.ts', ...rest]);
    case 'bench':
      return runNode(['bench/bench.ts', ...rest]);
    default:
      console.error(`unknown command ${name}; see "scripts" in package.json`);
      return 2;
  }
}

/** `plimsoll ARGS`, exit code and all. Without arguments everything at once: the server, its console and this host in it. */
async function start(rest) {
  const built = await runNode(['tools/build.ts', '--if-stale']);
  if (built !== 0) return built;
  const args = rest.length > 0 ? rest : ['up'];
  return runNode(['dist/plimsoll.js', ...args], { cwd: process.env.INIT_CWD ?? process.cwd() });
}

function ensureInstalled() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.plimsoll-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing the locked dependencies (once) ...');
  const npm = process.env.npm_execpath;
  const install = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] };
  const done = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...install], options)
    : spawnSync('npm', install, options);
  if (done.status !== 0) {
    console.error('npm ci failed: see its message above. Is the npm registry reachable from here?');
    process.exit(done.status ?? 1);
  }
  writeFileSync(stamp, lock);
}

function pinnedNode() {
  const pinned = join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
  if (existsSync(pinned) && spawnSync(pinned, ['--version']).status === 0) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= minimumNode) return process.execPath;
  console.error(
    `No pinned Node runs on ${process.platform}/${process.arch}. Install Node ${minimumNode} or newer and try again.`,
  );
  process.exit(2);
}

function runNode(argv, options = {}) {
  const script = join(root, argv[0]);
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  return new Promise((resolve) => {
    const child = spawn(node, [script, ...argv.slice(1)], { cwd: root, stdio: 'inherit', env, ...options });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.on(signal, () => {
        // A terminal gives Ctrl-C to all of us; a second one would end the program before it has put its things in order.
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      });
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('exit', (code, signal) => resolve(signal ? 128 : (code ?? 1)));
  });
}

// How much the watch costs: `node bench/watch/watch.ts [RULES...]`, as root. The load and the watch share this machine's processors.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../dist/plimsoll.js', import.meta.url));
const load = fileURLToPath(new URL('./load.ts', import.meta.url));
const rules = process.argv.slice(2);
const TICKS_PER_SECOND = 100;
const LOAD_SECONDS = 5;

interface Cost {
  readonly cores: number;
  readonly megabytes: number;
}

const alone = runLoad(0);
console.log(`without a watch: ${alone.perSecond} opens/s\n`);
console.log('| load | opens/s | lost | engine, cores | engine, MB | both, MB |\n|---|---|---|---|---|---|');
for (const rate of [undefined, 5_000, 20_000, 50_000, 100_000, 0]) console.log(await measure(rate));

/** One watch from start to end with one load in its middle. */
async function measure(rate: number | undefined): Promise<string> {
  const watch = spawn(
    process.execPath,
    [program, 'watch', '--standalone', '--json', ...(rules.length > 0 ? ['--rules', ...rules] : [])],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let summary = '';
  watch.stderr?.on('data', (text) => {
    summary += text;
  });
  await setTimeout(4000);
  const pids = processesOf(watch);
  const engine = pids.at(-1) ?? 0;
  const before = cpuSeconds(engine);
  const started = performance.now();
  const done = rate === undefined ? await setTimeout(LOAD_SECONDS * 1000, { perSecond: 0 }) : await loadAside(rate);
  const cost: Cost = {
    cores: (cpuSeconds(engine) - before) / ((performance.now() - started) / 1000),
    megabytes: memory(engine),
  };
  const all = pids.reduce((sum, pid) => sum + memory(pid), 0);
  await setTimeout(1000);
  watch.kill('SIGINT');
  await once(watch, 'exit');
  const lost = /LOST: ([\d,]+)/.exec(summary)?.[1] ?? '0';
  const name = rate === undefined ? 'idle' : rate === 0 ? 'as fast as it can' : `${rate.toLocaleString('en-US')}/s`;
  return `| ${name} | ${done.perSecond.toLocaleString('en-US')} | ${lost} | ${cost.cores.toFixed(2)} | ${cost.megabytes} | ${all} |`;
}

function runLoad(rate: number): { readonly perSecond: number } {
  return JSON.parse(
    spawnSync(process.execPath, [load, String(rate), String(LOAD_SECONDS)], { encoding: 'utf8' }).stdout,
  );
}

async function loadAside(rate: number): Promise<{ readonly perSecond: number }> {
  const child = spawn(process.execPath, [load, String(rate), String(LOAD_SECONDS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  await once(child, 'exit');
  return JSON.parse(output);
}

/** The watch and its engine. */
function processesOf({ pid = 0 }: ChildProcess): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number);
  return [pid, ...children];
}

function parentOf(pid: string): number {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return 0;
  }
}

function cpuSeconds(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

function memory(pid: number): number {
  return Math.round(Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
}

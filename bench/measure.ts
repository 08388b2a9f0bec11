// Runs commands as whole processes, in turn, and keeps wall time and peak memory of each.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Command {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Between runs, e.g. to empty a cache. */
  readonly before?: () => void;
  /** Exit codes that count as done; 0 only by default. */
  readonly accepts?: readonly number[];
}

export interface Figures {
  /** Seconds, median of all runs. */
  readonly wall: number;
  /** Seconds of processor time outside of the kernel, median, to the last sample; it tells more than wall time where others work too. NaN where /proc does not tell. */
  readonly user: number;
  /** Peak resident memory of the process itself in MB, median; NaN where /proc does not tell. */
  readonly peakMb: number;
}

/** A B A B …, after one uncounted round: noise of the machine falls on both alike. */
export async function interleave(commands: readonly Command[], runs: number): Promise<Figures[]> {
  const results: Figures[][] = commands.map(() => []);
  for (let run = -1; run < runs; run++) {
    for (const [index, command] of commands.entries()) {
      command.before?.();
      const figures = await runOnce(command);
      if (run >= 0) results[index]?.push(figures);
    }
  }
  return results.map((figures) => ({
    wall: median(figures.map(({ wall }) => wall)),
    user: median(figures.map(({ user }) => user)),
    peakMb: median(figures.map(({ peakMb }) => peakMb)),
  }));
}

/** Seldom enough not to take the time of what is measured where all processors are busy. */
const SAMPLE_MS = 20;

async function runOnce({ argv, env, accepts = [0] }: Command): Promise<Figures> {
  const [program = '', ...args] = argv;
  const started = process.hrtime.bigint();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } });
  let errors = '';
  child.stderr.on('data', (data: Buffer) => {
    errors = (errors + data.toString()).slice(-2000);
  });
  let peakKb = Number.NaN;
  let user = Number.NaN;
  const sampler = setInterval(() => {
    const peak = peakMemoryKb(child.pid);
    if (peak !== undefined) peakKb = peak;
    user = userSeconds(child.pid) ?? user;
  }, SAMPLE_MS);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  clearInterval(sampler);
  const wall = Number(process.hrtime.bigint() - started) / 1e9;
  if (code === null || !accepts.includes(code)) throw new Error(`${argv.join(' ')} ended with ${code}: ${errors}`);
  return { wall, user, peakMb: peakKb / 1024 };
}

function peakMemoryKb(pid: number | undefined): number | undefined {
  try {
    const match = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return match ? Number(match[1]) : undefined;
  } catch {
    return undefined; // the process has ended
  }
}

const TICKS_PER_SECOND = 100;
/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html, behind the name in parentheses. */
const USER_TICKS = 11;

function userSeconds(pid: number | undefined): number | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return Number(fields[USER_TICKS]) / TICKS_PER_SECOND;
  } catch {
    return undefined; // the process has ended
  }
}

function median(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type Finding, signatureOf } from './finding.ts';
import { type Job, renderAssignment } from './job.ts';

export interface CampaignOptions {
  /** No answer for so long is a hang. Far above what a slow machine needs for one input. */
  readonly hangMs?: number;
  /** Address of the module that has the `targets`; the registry of all when absent. */
  readonly registry?: string;
  /** Different findings of one target after which it is left. */
  readonly maxFindings?: number;
  readonly onFinding?: (finding: Finding) => void;
  readonly onDone?: (job: Job, iterations: number) => void;
}

export interface CampaignResult {
  /** One for each defect, as far as that can be told. */
  readonly findings: readonly Finding[];
  /** Inputs in all. */
  readonly iterations: number;
}

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));
const REGISTRY = new URL('../targets/index.ts', import.meta.url).href;
const HEAP_MB = 1024;

/** Does the jobs in child processes, one after the other. A child that hangs or crashes costs the rest of that job only. */
export async function runCampaign(jobs: readonly Job[], options: CampaignOptions = {}): Promise<CampaignResult> {
  const known = new Map<string, Finding>();
  let iterations = 0;
  for (let rest = jobs; rest.length > 0; ) {
    const run = new ChildRun(rest, options, known);
    const { done, lost } = await run.finished();
    iterations += run.iterations;
    rest = rest.slice(done + (lost ? 1 : 0));
  }
  return { findings: [...known.values()], iterations };
}

/** One child process and what it says. */
class ChildRun {
  readonly #jobs: readonly Job[];
  readonly #options: CampaignOptions;
  readonly #known: Map<string, Finding>;
  readonly #child: ChildProcess;
  #at: { job: number; iteration: number } | undefined;
  #done = 0;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;
  #errors = '';
  iterations = 0;

  constructor(jobs: readonly Job[], options: CampaignOptions, known: Map<string, Finding>) {
    this.#jobs = jobs;
    this.#options = options;
    this.#known = known;
    const registry = options.registry ?? REGISTRY;
    const argv = ['--expose-gc', `--max-old-space-size=${HEAP_MB}`, CHILD, renderAssignment({ jobs, registry })];
    this.#child = spawn(process.execPath, argv, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  }

  /** How many jobs were done, and whether another one was lost with the process. */
  async finished(): Promise<{ done: number; lost: boolean }> {
    const ended = new Promise<string>((resolve) => {
      this.#child.on('error', (error) => resolve(error.message));
      this.#child.on('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#errors = (this.#errors + chunk.toString()).slice(-4000);
    });
    // The fourth of `stdio` is the child's channel to us.
    const channel = this.#child.stdio[3] as Readable;
    createInterface({ input: channel }).on('line', (line) => this.#hear(line));
    this.#watch();
    const end = await ended;
    clearTimeout(this.#timer);
    if (this.#done === this.#jobs.length) return { done: this.#done, lost: false };
    if (!this.#stopped) this.#add('crash', `the process ended (${end}): ${this.#errors}`);
    return { done: this.#done, lost: true };
  }

  #hear(line: string): void {
    this.#watch();
    if (this.#stopped) return;
    const [word, ...rest] = line.split(' ');
    if (word === 'start') {
      this.iterations += 1;
      this.#at = { job: Number(rest[0]), iteration: Number(rest[1]) };
    } else if (word === 'done') {
      this.#done += 1;
      const job = this.#jobs[Number(rest[0])];
      if (job) this.#options.onDone?.(job, Number(rest[1]));
    } else if (word === 'found') this.#keep(JSON.parse(line.slice(6)));
  }

  #watch(): void {
    clearTimeout(this.#timer);
    const limit = this.#options.hangMs ?? 30_000;
    this.#timer = setTimeout(() => {
      this.#add('hang', `no answer for ${limit / 1000} s`);
      this.#stop();
    }, limit);
  }

  #stop(): void {
    this.#stopped = true;
    this.#child.kill('SIGKILL');
  }

  #add(kind: Finding['kind'], message: string): void {
    const job = this.#jobs[this.#at?.job ?? this.#done];
    if (job)
      this.#keep({ target: job.target, seed: job.seed, iteration: this.#at?.iteration ?? job.first, kind, message });
  }

  #keep(finding: Finding): void {
    const signature = signatureOf(finding);
    if (this.#known.has(signature)) return;
    this.#known.set(signature, finding);
    this.#options.onFinding?.(finding);
    const ofTarget = [...this.#known.values()].filter(({ target }) => target === finding.target);
    if (ofTarget.length >= (this.#options.maxFindings ?? 10)) this.#stop();
  }
}

// Runs the jobs of its command line and reports on channel 3, line by line; see `campaign.ts` for the other side. A process
// of its own, because an input may end it, or keep it busy for ever.
import { readFileSync, writeSync } from 'node:fs';
import { defaultMaxMs, type FuzzTarget } from '../target.ts';
import { type Finding, projectFrames } from './finding.ts';
import { inputMaker } from './inputs.ts';
import { assignmentFromArguments, type Job } from './job.ts';
import { costOf, Holdings } from './measure.ts';

const CHANNEL = 3;
const ROOT = new URL('../../../', import.meta.url).pathname;
/** An input that takes more at once is reported; the process itself may take more over time. */
const MAX_GROWTH_BYTES = 384 * 1024 * 1024;

let current = { target: '', seed: 0, iteration: 0 };

process.on('uncaughtException', (error) => report('failure', error));
process.on('unhandledRejection', (reason) => report('failure', reason));

const { jobs, registry } = assignmentFromArguments();
const { targets }: { targets: readonly FuzzTarget[] } = await import(registry);
for (const [index, job] of jobs.entries()) {
  const target = targets.find(({ id }) => id === job.target);
  if (target === undefined) throw new Error(`no target ${job.target}`);
  const iterations = await runJob(target, job, index);
  send(`done ${index} ${iterations}`);
}
process.exit(0);

async function runJob(target: FuzzTarget, job: Job, index: number): Promise<number> {
  const input = job.inputFile === undefined ? await inputMaker(target, job.seed) : fixedInput(job.inputFile);
  const until = performance.now() + (job.seconds ?? Number.POSITIVE_INFINITY) * 1000;
  const end = job.first + (job.count ?? Number.POSITIVE_INFINITY);
  let holdings: Holdings | undefined;
  let iteration = job.first;
  for (; iteration < end && performance.now() < until; iteration++) {
    // What a target opens once for all its inputs is open by then.
    if (iteration === job.first + 20) holdings = await Holdings.now();
    current = { target: target.id, seed: job.seed, iteration };
    send(`start ${index} ${iteration}`);
    await runInput(target, input(iteration), job.measured);
  }
  const leak = await holdings?.excess();
  if (leak !== undefined) report('leak', new Error(leak));
  return iteration - job.first;
}

function fixedInput(path: string): () => Buffer {
  const bytes = readFileSync(path);
  return () => bytes;
}

async function runInput(target: FuzzTarget, bytes: Buffer, measured: boolean): Promise<void> {
  try {
    if (!measured) {
      await target.run(bytes);
      return;
    }
    const { cpuMs, grownBytes } = await costOf(() => target.run(bytes));
    if (grownBytes > MAX_GROWTH_BYTES) report('memory', new Error(`${mib(grownBytes)} for ${bytes.length} bytes`));
    if (cpuMs > maxMs(target)) await confirmSlow(target, bytes);
  } catch (error) {
    report('failure', error);
  }
}

/** Once more: the first time may have paid for compiling or for cleaning up after others. */
async function confirmSlow(target: FuzzTarget, bytes: Buffer): Promise<void> {
  const { cpuMs } = await costOf(() => target.run(bytes));
  if (cpuMs > maxMs(target)) report('slow', new Error(`${Math.round(cpuMs)} ms for ${bytes.length} bytes`));
}

function maxMs(target: FuzzTarget): number {
  return target.maxMs ?? defaultMaxMs;
}

function mib(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

function report(kind: Finding['kind'], cause: unknown): void {
  const error = cause instanceof Error ? cause : new Error(String(cause));
  const finding: Finding = {
    ...current,
    kind,
    message: `${error.name}: ${error.message}`.slice(0, 2000),
    stack: projectFrames(error.stack ?? '', ROOT),
  };
  send(`found ${asciiJson(finding)}`);
}

/** In ASCII: readers of lines take some other characters for the end of one. */
function asciiJson(value: unknown): string {
  const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, escaped);
}

function send(line: string): void {
  writeSync(CHANNEL, `${line}\n`);
}

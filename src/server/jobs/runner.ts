import { setTimeout as delay } from 'node:timers/promises';
import { traced } from '#foundation/tracing/index.ts';
import { type ClaimedJob, claimJob, failJob, finishJob } from '#storage/index.ts';
import type { ServerContext } from '../route.ts';
import { observeJob } from '../telemetry/metrics.ts';

/** Does one kind of job. Throws to be tried again later. */
export type JobHandler = (payload: unknown, context: ServerContext, signal: AbortSignal) => Promise<void>;

export interface RunnerOptions {
  readonly context: ServerContext;
  readonly handlers: ReadonlyMap<string, JobHandler>;
  /** Told of every failure, for the log. */
  onFailure(job: ClaimedJob, error: unknown): void;
}

export interface JobRunner {
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

const IDLE_MS = 500;
const LOCK_MS = 5 * 60_000;
const MAX_ATTEMPTS = 12;
const FIRST_RETRY_MS = 2000;
const LAST_RETRY_MS = 60 * 60_000;

/** Takes jobs one after the other. Any number of processes may do so on one database. */
export function startJobRunner(options: RunnerOptions): JobRunner {
  const ending = new AbortController();
  const running = run(options, ending.signal);
  return {
    async stop() {
      ending.abort();
      await running;
    },
  };
}

async function run(options: RunnerOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const worked = await runNext(options, signal).catch(() => false);
    if (!worked) await delay(IDLE_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Does the next job that is due; false when there is none. */
export async function runNext({ context, handlers, onFailure }: RunnerOptions, signal: AbortSignal): Promise<boolean> {
  const { query } = context;
  const job = await claimJob(query, [...handlers.keys()], context.now(), LOCK_MS);
  if (job === undefined) return false;
  const handle = async ({ kind, payload }: ClaimedJob, limit: AbortSignal) =>
    handlers.get(kind)?.(payload, context, limit);
  const started = performance.now();
  const measure = (outcome: 'done' | 'failed') => observeJob(job.kind, outcome, (performance.now() - started) / 1000);
  try {
    await traced({ name: `job ${job.kind}`, kind: 'internal', attributes: { 'plimsoll.attempt': job.attempts } }, () =>
      handle(job, AbortSignal.any([signal, AbortSignal.timeout(LOCK_MS)])),
    );
    await finishJob(query, job);
    measure('done');
  } catch (error) {
    measure('failed');
    onFailure(job, error);
    await failJob(query, job, error instanceof Error ? error.message : String(error), retryAt(job, context.now()));
  }
  return true;
}

/** Later each time, and in the end not at all: what fails for half a day needs a person. */
function retryAt({ attempts }: ClaimedJob, now: Date): Date | undefined {
  if (attempts >= MAX_ATTEMPTS) return undefined;
  return new Date(now.getTime() + Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempts));
}

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { programVersion } from '#foundation/index.ts';
import type { SystemFigures } from '#storage/index.ts';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The figures of this process, in Prometheus' form. There is one process, so there is one of these. */
const registry = new Registry();
collectDefaultMetrics({ register: registry });
const registers = [registry];

new Gauge({ name: 'plimsoll_build_info', help: 'Always 1', labelNames: ['version'], registers }).set(
  { version: programVersion },
  1,
);
const requests = new Histogram({
  name: 'plimsoll_http_request_duration_seconds',
  help: 'Requests by operation and what came of them',
  labelNames: ['method', 'route', 'status'],
  buckets: SECONDS,
  registers,
});
const jobs = new Histogram({
  name: 'plimsoll_job_duration_seconds',
  help: 'Attempts of jobs of this process',
  labelNames: ['kind', 'outcome'],
  buckets: SECONDS,
  registers,
});
const streams = new Gauge({ name: 'plimsoll_live_clients', help: 'Clients of live updates', registers });
const dropped = new Counter({
  name: 'plimsoll_live_clients_dropped_total',
  help: 'Clients of live updates that read too slowly',
  registers,
});

const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
  new Gauge({ name: `plimsoll_${name}`, help, labelNames, registers });
const shared = {
  databaseBytes: gauge('database_bytes', 'Size of the database'),
  jobs: gauge('jobs', 'Jobs in the queue of all processes', ['state']),
  oldestJob: gauge('job_oldest_due_seconds', 'How long the oldest job that is due has waited'),
  unrouted: gauge('outbox_unrouted_events', 'Events that were given to no rule yet'),
  oldestEvent: gauge('outbox_oldest_unrouted_seconds', 'How long the oldest of them has waited'),
  deliveries: gauge('deliveries', 'Messages to channels', ['state']),
};

/** @param route the path as it was declared, or `unknown`: no addresses of callers, of which there is no end */
export function observeRequest(method: string, route: string, status: number, seconds: number): void {
  requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds);
}

export function observeJob(kind: string, outcome: 'done' | 'failed', seconds: number): void {
  jobs.observe({ kind, outcome }, seconds);
}

export function observeLiveClients(count: number): void {
  streams.set(count);
}

export function countDroppedClient(): void {
  dropped.inc();
}

export const metricsMediaType = Registry.PROMETHEUS_CONTENT_TYPE;

/** All figures as text; those of the database are the same for every process on it. */
export function renderMetrics(figures: SystemFigures): Promise<string> {
  const { database, jobs: queue, outbox, deliveries } = figures;
  shared.databaseBytes.set(database.bytes);
  for (const state of ['waiting', 'running', 'dead'] as const) shared.jobs.set({ state }, queue[state]);
  shared.oldestJob.set(queue.oldestDueSeconds);
  shared.unrouted.set(outbox.unrouted);
  shared.oldestEvent.set(outbox.oldestSeconds);
  for (const state of ['gathering', 'waiting', 'dead'] as const) shared.deliveries.set({ state }, deliveries[state]);
  return registry.metrics();
}

import { createHash } from 'node:crypto';
import { readSubmission, type UploadContext } from '#intake/index.ts';
import { reporters } from '#reporters/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { acceptReport, type Query } from '#storage/index.ts';
import type { Estate } from '../estate.ts';
import { hostReport } from '../reports/hosts.ts';
import { imageReport } from '../reports/images.ts';
import { runtimeReport } from '../reports/runtime.ts';
import { workloadReport } from '../reports/workloads.ts';
import type { Timeline } from '../timeline.ts';
import type { Staff } from './people.ts';

/** A report that arrives on a day. */
export interface Arrival {
  readonly day: number;
  take(query: Query): Promise<void>;
}

/** All reports of the history, in no order. They go the way of every upload: written as JSON, read, stored. */
export function arrivals(estate: Estate, staff: Staff, timeline: Timeline): Arrival[] {
  const { seed, bases } = estate;
  const send =
    (by: string, text: string, at: Date, context: Omit<UploadContext, 'receivedAt'> = {}) =>
    async (query: Query) =>
      upload(query, text, { ...context, receivedAt: at }, staff, by);
  const images = estate.repositories.flatMap((repository) => {
    const scans = [
      ...repository.builds.map((day, build) => ({ day, build })),
      ...repository.rescans.map((day) => ({ day, build: repository.builds.findLastIndex((built) => built <= day) })),
    ];
    return scans.map(
      ({ day, build }): Arrival => ({
        day,
        take: (query) => {
          const report = imageReport({ repository, build, day }, bases, timeline, seed);
          return send('build-pipelines', textOf(report), timeline.at(day, 8))(query);
        },
      }),
    );
  });
  const workloads = estate.workloads.flatMap((workload) => [
    ...workload.scans.map(
      (day, scan): Arrival => ({
        day,
        take: (query) => {
          const text = textOf(workloadReport(workload, scan, timeline, seed));
          const digest = `sha256:${createHash('sha256').update(`${workload.name} ${scan}`).digest('hex')}`;
          return send('scheduled-scans', text, timeline.at(day, 9), {
            asset: { kind: 'workload', name: workload.name },
            digest,
          })(query);
        },
      }),
    ),
    ...[runtimeReport(workload, timeline, seed) ?? []].flat().map(
      ({ day, text }): Arrival => ({
        day,
        take: send('host-agents', text, timeline.at(day, 21)),
      }),
    ),
  ]);
  const hosts = estate.hosts.flatMap((host) =>
    host.scans.map(
      (day, scan): Arrival => ({
        day,
        take: (query) =>
          send(
            'host-agents',
            textOf(hostReport(host, scan, bases.ubuntu, timeline, seed)),
            timeline.at(day, 10),
          )(query),
      }),
    ),
  );
  return [...images, ...workloads, ...hosts];
}

const json = reporters.find(({ id }) => id === 'json');

function textOf(report: ScanReport): string {
  if (json === undefined) throw new RangeError('there is no reporter for JSON');
  return [...json.render(report, { color: false, width: 80, verbose: false })].join('');
}

async function upload(query: Query, text: string, context: UploadContext, staff: Staff, by: string): Promise<void> {
  const submission = readSubmission(text, undefined, context);
  if (!submission.ok) throw new Error(`a report of the demo cannot be read: ${submission.error}`);
  const accepted = await acceptReport(query, submission.value, {
    content: createHash('sha256').update(text).digest('hex'),
    principal: staff.actor(by),
    scopes: [{ kind: 'all' }],
    receivedAt: context.receivedAt,
  });
  if (!accepted.ok) throw new Error(`a report of the demo was refused: ${accepted.error}`);
}

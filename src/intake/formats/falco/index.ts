import type { SubmittedFinding } from '#findings/index.ts';
import { asList, asText, memberOf, textsOf } from '#foundation/documents/index.ts';
import { err, ok } from '#foundation/index.ts';
import type { Severity } from '#model/index.ts';
import { redactSecrets } from '#secrets/index.ts';
import { maxFindings, maxLengths } from '../../bounds.ts';
import type { IntakeFormat } from '../../format.ts';
import { importArtifact, needsAsset, textAt, timeOf, toolOf } from '../../imported.ts';
import { storable, storableDetails } from '../../text.ts';

/** https://falco.org/docs/concepts/rules/basic-elements/#priority */
const PRIORITIES: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['emergency', 'critical'],
  ['alert', 'critical'],
  ['critical', 'critical'],
  ['error', 'high'],
  ['warning', 'medium'],
  ['notice', 'low'],
  ['informational', 'info'],
  ['info', 'info'],
  ['debug', 'info'],
]);

/** Events of Falco as JSON, one a line or as a list: https://falco.org/docs/concepts/outputs/formatting/ */
export const falcoFormat: IntakeFormat = {
  id: 'falco',
  name: 'Falco JSON lines',
  recognises: (json) => isEvent(asList(json)?.[0] ?? json),
  read({ json }, context) {
    const events = asList(json) ?? [json];
    const damaged = events.findIndex((event) => !isEvent(event));
    if (damaged >= 0) return err(`event ${damaged + 1} has no rule, priority or output`);
    const hosts = new Set(events.flatMap((event) => textAt(event, 'hostname') ?? []));
    const [host] = hosts;
    if (context.asset === undefined && hosts.size > 1)
      return err(`its events are of ${hosts.size} hosts: send those of each apart, or name the asset`);
    const asset =
      context.asset ??
      (host === undefined ? undefined : { kind: 'host' as const, name: storable(host, maxLengths.asset) });
    if (asset === undefined) return err(needsAsset);
    const groups = [
      ...Map.groupBy(events, (event) => JSON.stringify([textAt(event, 'rule'), subjectOf(event)])).values(),
    ];
    if (groups.length > maxFindings) return err(`it has more than ${maxFindings} kinds of events`);
    return ok({
      tool: toolOf('falco', undefined, 'falco'),
      createdAt: newestOf(events, context.receivedAt),
      asset,
      artifact: importArtifact('falco', context.digest, { format: 'Falco' }),
      scanners: ['run-time'],
      // What did not happen again is not gone.
      isComplete: false,
      findings: groups.map((group) => findingOf(group)),
    });
  },
};

function newestOf(events: readonly unknown[], receivedAt: Date): Date {
  const times = events.map((event) => timeOf(memberOf(event, 'time'), receivedAt).getTime());
  return new Date(times.reduce((newest, time) => Math.max(newest, time), 0));
}

function isEvent(event: unknown): boolean {
  return ['rule', 'priority', 'output'].every((member) => textAt(event, member) !== undefined);
}

/** The image where there is one, else the name of the container, else the host itself: what is the same when it happens again. */
function subjectOf(event: unknown): string {
  const fields = memberOf(event, 'output_fields');
  const image = textAt(fields, 'container.image.repository');
  const container = textAt(fields, 'container.name') ?? textAt(fields, 'container.id');
  return image ?? (container === undefined || container === 'host' ? 'host' : `container ${container}`);
}

function placeOf(event: unknown): string {
  const fields = memberOf(event, 'output_fields');
  return textAt(fields, 'proc.exepath') ?? textAt(fields, 'proc.name') ?? textAt(fields, 'k8s.pod.name') ?? '';
}

function findingOf(events: readonly unknown[]): SubmittedFinding {
  const newest = events.at(-1);
  const rule = textAt(newest, 'rule') ?? '';
  const times = events.flatMap((event) => textAt(event, 'time') ?? []).sort();
  const places = new Set(events.map(placeOf));
  return {
    kind: 'run-time',
    ids: [storable(`falco:${rule}`, maxLengths.rule)],
    subject: storable(subjectOf(newest), maxLengths.subject),
    title: storable(rule, maxLengths.title),
    severity: PRIORITIES.get((textAt(newest, 'priority') ?? '').toLowerCase()) ?? 'unknown',
    rank: 0,
    isExploited: false,
    details: storableDetails({
      tool: 'falco',
      events: events.length,
      first: times[0],
      last: times.at(-1),
      // Command lines may hold passwords.
      output: redactSecrets(asText(memberOf(newest, 'output')) ?? ''),
      source: textAt(newest, 'source'),
      tags: textsOf(memberOf(newest, 'tags')).slice(0, 30),
    }),
    occurrences: [...places]
      .slice(0, 100)
      .map((place) => ({ location: storable(place, maxLengths.location), details: {} })),
  };
}

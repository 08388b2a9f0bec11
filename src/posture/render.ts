import type { Engine, Evidence } from './evidence.ts';
import type { Known } from './known.ts';

/** The JSON form of evidence, which `parseEvidence` reads back to the same. */
export function renderEvidence(evidence: Evidence): string {
  const reasons: Reason[] = [];
  const { schema, collectedAt, hostname, files, docker, podman, ...parts } = evidence;
  const body = {
    schema,
    collectedAt,
    hostname,
    ...membersOf(parts, '', reasons),
    files: [...files.values()],
    ...membersOf({ docker: engineOf(docker, 'docker', reasons) }, '', reasons),
    ...membersOf({ podman: engineOf(podman, 'podman', reasons) }, '', reasons),
  };
  return `${JSON.stringify({ ...body, missing: reasons }, null, 1)}\n`;
}

interface Reason {
  readonly part: string;
  readonly reason: string;
}

function engineOf(engine: Known<Engine>, name: string, reasons: Reason[]): Known<unknown> {
  if ('missing' in engine) return engine;
  const { address, ...parts } = engine.known;
  return { known: { address, ...membersOf(parts, `${name}.`, reasons) } };
}

function membersOf(
  parts: Readonly<Record<string, Known<unknown>>>,
  prefix: string,
  reasons: Reason[],
): Record<string, unknown> {
  const members = Object.entries(parts).flatMap(([name, part]) => {
    if ('known' in part) return [[name, plain(part.known)] as const];
    reasons.push({ part: prefix + name, reason: withoutPart(part.missing, prefix + name) });
    return [];
  });
  return Object.fromEntries(members);
}

/** What was read from a bundle says of which part it speaks: once is enough. */
function withoutPart(reason: string, part: string): string {
  return reason.startsWith(`${part}: `) ? reason.slice(part.length + 2) : reason;
}

function plain(value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}

import { type Evidence, EvidenceMissing, type FileState, fileAt, need, type Process } from '#posture/index.ts';
import type { Check } from '../check.ts';
import { answered, type EvidenceAnswer } from '../evidence-check.ts';

export type HostCheck = Check<'host'>;

/** What a check says of itself, besides its question. */
export type HostWords = Pick<
  HostCheck,
  'id' | 'title' | 'severity' | 'rationale' | 'remediation' | 'controls' | 'references'
>;

interface Declaration extends HostWords {
  /** Parts of the evidence of hosts that pass, or fail. */
  readonly pass: readonly object[];
  readonly fail: readonly object[];
  find(evidence: Evidence): EvidenceAnswer;
}

export function hostCheck({ find, pass, fail, ...words }: Declaration): HostCheck {
  return {
    ...words,
    subject: 'host',
    maturity: 'stable',
    examples: { pass: pass.map(hostExample), fail: fail.map(hostExample) },
    evaluate: (evidence) => answered(() => find(evidence)),
  };
}

/** A bundle of evidence with the parts that matter. */
function hostExample(parts: object): string {
  const head = { schema: 'plimsoll.evidence.v1', collectedAt: '2026-11-24T00:00:00Z', hostname: 'node-1' };
  return JSON.stringify({ ...head, ...parts }, null, 1);
}

export function fileExample(path: string, more: object = {}): object {
  return { path, type: 'file', mode: '0644', uid: 0, gid: 0, owner: 'root', group: 'root', ...more };
}

export function absentExample(path: string): object {
  return { path, type: 'absent' };
}

/** Processes of these names, started by the first one. */
export function processExamples(...names: readonly string[]): object[] {
  return ['systemd', ...names].map((name, index) => ({
    pid: index + 1,
    parent: index === 0 ? 0 : 1,
    uid: 0,
    name,
    arguments: [`/usr/sbin/${name}`],
    isContainer: false,
    isKernel: false,
  }));
}

/** All that run. Where others' are hidden from whoever collected, the first process is not seen either. */
export function processesOf(evidence: Evidence): readonly Process[] {
  const processes = need(evidence.processes);
  if (processes.some(({ pid }) => pid === 1)) return processes;
  throw new EvidenceMissing('processes of other users are hidden from who collected the evidence: collect it as root');
}

/** What is in a directory that was listed, by path; `absent` where there is no such directory. */
export function entriesOf(evidence: Evidence, directory: string): FileState[] | 'absent' {
  if (fileAt(evidence, directory) === 'absent') return 'absent';
  const prefix = `${directory}/`;
  return [...evidence.files.keys()]
    .filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'))
    .map((path) => fileAt(evidence, path))
    .filter((file) => file !== 'absent');
}

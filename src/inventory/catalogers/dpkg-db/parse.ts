import { type Problem, ProblemLog } from '#foundation/index.ts';
import { optional } from '../../optional.ts';
import { controlStanzas, type Stanza } from '../control-stanzas.ts';

/** One package of a status file that is in fact on the disk. */
export type DpkgRecord = {
  readonly name: string;
  readonly version: string;
  readonly architecture?: string;
  readonly source: { readonly name: string; readonly version: string };
  readonly maintainer?: string;
};

export interface DpkgStatus {
  readonly records: DpkgRecord[];
  readonly problems: Problem[];
}

const WANTED = new Set(['package', 'version', 'architecture', 'source', 'status', 'maintainer']);
const MAX_RECORDS = 200_000;
/** States in which files of the package lie on the disk although it is not fully set up. */
const HALF_WAY = new Set(['unpacked', 'half-installed', 'half-configured', 'triggers-awaited', 'triggers-pending']);

/**
 * Reads `var/lib/dpkg/status` or a file of `status.d`: RFC 822 like stanzas (deb-control(5), dpkg(1) for the states).
 * A record that cannot be used is a problem; the next one is read all the same.
 */
export function parseStatus(text: string, path: string): DpkgStatus {
  const records: DpkgRecord[] = [];
  const problems = new ProblemLog();
  const onUnreadable = () => problems.add(unreadableLine(path));
  for (const stanza of controlStanzas(text, { wanted: WANTED, identity: 'package', onUnreadable })) {
    const record = toRecord(stanza, path, problems);
    if (record === undefined) continue;
    if (records.length >= MAX_RECORDS) {
      problems.add(tooManyRecords(path));
      break;
    }
    records.push(record);
  }
  return { records, problems: problems.list() };
}

function toRecord(stanza: Stanza, path: string, problems: ProblemLog): DpkgRecord | undefined {
  const name = stanza.get('package') ?? '';
  const version = stanza.get('version') ?? '';
  const presence = presenceOf(stanza.get('status'), path);
  if (presence === 'absent') return undefined;
  if (name === '' || version === '') {
    problems.add(unusableRecord(path, name));
    return undefined;
  }
  const note = presenceProblem(presence, path, name);
  if (note) problems.add(note);
  return {
    name,
    version,
    ...optional('architecture', stanza.get('architecture')),
    source: parseSource(stanza.get('source') ?? '', { name, version }),
    ...optional('maintainer', stanza.get('maintainer')),
  };
}

type Presence = 'present' | 'absent' | 'half-way' | 'unsaid';

/** `want flag state`: only the state tells what is on the disk. Files of `status.d` belong to images built without dpkg and carry no state. */
function presenceOf(status: string | undefined, path: string): Presence {
  if (status === undefined || status === '') return isStatusDirectory(path) ? 'present' : 'unsaid';
  const state = status.split(/\s+/, 4)[2] ?? '';
  if (state === 'installed') return 'present';
  if (HALF_WAY.has(state)) return 'half-way';
  return state === 'not-installed' || state === 'config-files' ? 'absent' : 'unsaid';
}

function isStatusDirectory(path: string): boolean {
  return path.includes('/status.d/');
}

/** `Source: name (version)`; what is not said is the same as of the package itself, as `dpkg-query -f '${source:Version}'` has it. */
function parseSource(text: string, own: { name: string; version: string }): { name: string; version: string } {
  const open = text.indexOf('(');
  const name = (open === -1 ? text : text.slice(0, open)).trim();
  const close = text.indexOf(')', open + 1);
  const version = open === -1 || close === -1 ? '' : text.slice(open + 1, close).trim();
  return { name: name || own.name, version: version || own.version };
}

function unreadableLine(path: string): Problem {
  return {
    code: 'dpkg-line-unreadable',
    message: 'A line of the dpkg database could not be read; the package it belongs to may be incomplete.',
    effect: 'degraded',
    subject: path,
  };
}

function tooManyRecords(path: string): Problem {
  const message = `The dpkg database has more than ${MAX_RECORDS} packages; the rest of it was not read.`;
  return { code: 'dpkg-too-many-records', message, effect: 'incomplete', subject: path };
}

function unusableRecord(path: string, name: string): Problem {
  return {
    code: 'dpkg-record-unusable',
    message: 'A package record of the dpkg database has no name or no version and was left out.',
    effect: 'incomplete',
    subject: name === '' ? path : `${path}: ${name}`,
  };
}

function presenceProblem(presence: Presence, path: string, name: string): Problem | undefined {
  const subject = `${path}: ${name}`;
  if (presence === 'half-way') {
    const message = 'A package is unpacked but not fully configured; it is counted as installed.';
    return { code: 'dpkg-half-installed', message, effect: 'note', subject };
  }
  if (presence === 'unsaid') {
    const message = 'The dpkg database does not say whether a package is installed; it is counted as installed.';
    return { code: 'dpkg-state-unknown', message, effect: 'degraded', subject };
  }
  return undefined;
}

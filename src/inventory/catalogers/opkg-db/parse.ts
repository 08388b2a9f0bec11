import { type Problem, ProblemLog } from '#foundation/index.ts';
import { optional } from '../../optional.ts';
import { controlStanzas, type Stanza } from '../control-stanzas.ts';
import { isUsable, type PackageRecord } from '../records.ts';

const WANTED = new Set([
  'package',
  'version',
  'architecture',
  'status',
  'source',
  'sourcename',
  'oe',
  'license',
  'maintainer',
]);
const MAX_RECORDS = 100_000;
const ABSENT = new Set(['not-installed', 'config-files']);

export interface OpkgRecords {
  readonly records: readonly PackageRecord[];
  readonly problems: readonly Problem[];
}

/** `status`, or one package's `info/<package>.control`: the stanzas of dpkg with fields of OpenWrt's and Yocto's own. */
export function parseControl(text: string, path: string): OpkgRecords {
  const records: PackageRecord[] = [];
  const problems = new ProblemLog();
  const onUnreadable = () => problems.add(unreadableLine(path));
  for (const stanza of controlStanzas(text, { wanted: WANTED, identity: 'package', onUnreadable })) {
    if (ABSENT.has(stateOf(stanza))) continue;
    const record = toRecord(stanza);
    if (!isUsable(record) || record.version === '') problems.add(unusableRecord(path, record.name));
    else if (records.length < MAX_RECORDS) records.push(record);
    else problems.add(tooManyRecords(path));
  }
  return { records, problems: problems.list() };
}

/** `install user installed`: the third word tells what is on the disk. */
function stateOf(stanza: Stanza): string {
  return (stanza.get('status') ?? '').split(/\s+/, 3)[2] ?? '';
}

function toRecord(stanza: Stanza): PackageRecord {
  const version = stanza.get('version') ?? '';
  const source = sourceName(stanza);
  const licence = stanza.get('license');
  return {
    name: stanza.get('package') ?? '',
    version,
    ...optional('architecture', stanza.get('architecture')),
    ...optional('maintainer', stanza.get('maintainer')),
    ...(source ? { source: { name: source, version } } : {}),
    ...(licence ? { licences: [licence] } : {}),
  };
}

/**
 * The recipe it was built by. OpenWrt: `Source: feeds/base/package/libs/openssl`, whose last part is it (`SourceName` is the
 * name of the binary package there). Yocto: `OE: openssl`, and as `Source` its archives.
 */
function sourceName(stanza: Stanza): string | undefined {
  const recipe = stanza.get('oe');
  if (recipe) return recipe;
  const path = stanza.get('source') ?? '';
  return path.includes('/') && !path.includes(':') && !/\s/.test(path) ? path.split('/').at(-1) : undefined;
}

function unreadableLine(path: string): Problem {
  const message = 'A line of the opkg database could not be read; the package it belongs to may be incomplete.';
  return { code: 'opkg-line-unreadable', message, effect: 'degraded', subject: path };
}

function unusableRecord(path: string, name: string): Problem {
  const message = 'A package record of the opkg database has no usable name or version and was left out.';
  const subject = name === '' ? path : `${path}: ${name.slice(0, 200)}`;
  return { code: 'opkg-record-unusable', message, effect: 'incomplete', subject };
}

function tooManyRecords(path: string): Problem {
  const message = `The opkg database has more than ${MAX_RECORDS} packages; the rest of it was not read.`;
  return { code: 'opkg-too-many-records', message, effect: 'incomplete', subject: path };
}

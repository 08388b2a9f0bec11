import { asList, asMembers, entriesOf, memberOf, parseJsonText } from '#foundation/documents/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import { type Known, known, missing } from '../known.ts';
import { auditedResources } from './resources.ts';
import { type ClusterState, keyOf } from './state.ts';
import { trimmed } from './trim.ts';

const SCHEMA = 'plimsoll.cluster.v1';

/** The JSON form, one object a line, so that two of them can be compared by any tool. */
export function renderClusterState({ collectedAt, name, version, objects }: ClusterState): string {
  const parts = [...objects].map(([key, part]) => {
    const value = 'known' in part ? `[\n${part.known.map((one) => JSON.stringify(one)).join(',\n')}\n]` : '';
    return { key, value, reason: 'missing' in part ? part.missing : undefined };
  });
  const listed = parts
    .filter(({ reason }) => reason === undefined)
    .map(({ key, value }) => `${JSON.stringify(key)}: ${value}`);
  const reasons = parts.flatMap(({ key, reason }) => (reason === undefined ? [] : [[key, reason] as const]));
  const head = {
    schema: SCHEMA,
    collectedAt,
    name,
    ...('known' in version ? { version: version.known } : { versionMissing: version.missing }),
    missing: Object.fromEntries(reasons),
  };
  return `${JSON.stringify(head, null, 1).slice(0, -2)},\n "objects": {\n${listed.join(',\n')}\n }\n}\n`;
}

/**
 * Reads the state of a cluster back. Pure. A kind that is not in it is missing, with the reason that it gives.
 *
 * @param file names it in messages
 */
export function parseClusterState(text: string, file: string): Result<ClusterState> {
  const json = parseJsonText(text);
  if (!json.ok) return err(`${file} ${json.error}; plimsoll audit cluster --save-evidence FILE writes it`);
  const { value } = json;
  const collectedAt = memberOf(value, 'collectedAt');
  if (memberOf(value, 'schema') !== SCHEMA || typeof collectedAt !== 'string' || Number.isNaN(Date.parse(collectedAt)))
    return err(
      `${file} is no state of a cluster of the form ${SCHEMA}; plimsoll audit cluster --save-evidence FILE writes it`,
    );
  const name = memberOf(value, 'name');
  const version = memberOf(value, 'version');
  return ok({
    schema: SCHEMA,
    collectedAt,
    name: typeof name === 'string' ? name : file,
    version: typeof version === 'string' ? known(version) : missing(reasonAt(value, 'versionMissing')),
    objects: new Map(auditedResources.map((kind) => [keyOf(kind), listOf(value, kind)])),
  });
}

function listOf(value: unknown, kind: (typeof auditedResources)[number]): Known<ClusterObjects> {
  const key = keyOf(kind);
  const list = asList(memberOf(memberOf(value, 'objects'), key));
  if (list === undefined) return missing(reasonAt(memberOf(value, 'missing'), key));
  return known(list.map(asMembers).flatMap((one) => (one ? [trimmed(one, kind)] : [])));
}

type ClusterObjects = readonly Readonly<Record<string, unknown>>[];

function reasonAt(value: unknown, name: string): string {
  const reason = entriesOf(value).find(([key]) => key === name)?.[1];
  return typeof reason === 'string' ? reason : 'it is not in the evidence';
}

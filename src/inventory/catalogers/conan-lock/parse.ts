import { asMembers, asText, entriesOf, memberOf, parseJson, textsOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { parseConanReference } from '../conan-reference.ts';
import { type PackageRecord, type ParsedRecords, RecordCollector, reference } from '../records.ts';

/** Version 2 lists references by what they are needed for; version 1 has the graph, node `0` being the project. */
export function parseConanLock(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'conan-lock', 'Conan lock file');
  const document = parseJson(file);
  const members = document.ok ? asMembers(document.value) : undefined;
  if (members === undefined) collector.unreadable(document.ok ? 'is no JSON object' : document.error);
  else if (members['graph_lock'] !== undefined) readGraph(memberOf(members['graph_lock'], 'nodes'), collector);
  else readLists(members, collector);
  return collector.result();
}

function readLists(members: Readonly<Record<string, unknown>>, collector: RecordCollector): void {
  for (const [list, scope] of [
    ['requires', 'runtime'],
    ['build_requires', 'development'],
    ['python_requires', 'development'],
  ] as const) {
    for (const text of textsOf(members[list] ?? [])) {
      const record = parseConanReference(text);
      if (record === undefined) collector.unusable(text);
      else collector.add({ ...record, scope });
    }
  }
}

function readGraph(nodes: unknown, collector: RecordCollector): void {
  const records = new Map<string, PackageRecord>();
  for (const [id, node] of entriesOf(nodes)) {
    const written = asText(memberOf(node, 'ref')) ?? asText(memberOf(node, 'pref'));
    const record = parseConanReference(written ?? '');
    if (record !== undefined) records.set(id, record);
    else if (id !== '0') collector.unusable(written);
  }
  const direct = new Set(textsOf(memberOf(memberOf(nodes, '0'), 'requires') ?? []));
  for (const [id, record] of records) {
    const needs = textsOf(memberOf(memberOf(nodes, id), 'requires') ?? []);
    const dependencies = needs.flatMap((need) => records.get(need) ?? []).map(reference);
    collector.add({
      ...record,
      relation: id === '0' ? 'root' : direct.has(id) ? 'direct' : 'transitive',
      dependencies,
    });
  }
}

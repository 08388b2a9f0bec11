import { asList, asText, entriesOf, memberOf, parseToml, textsOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import type { Asked, AskedName } from '../manifest.ts';
import { type ParsedRecords, RecordCollector, reference } from '../records.ts';

interface Entry {
  readonly name: string;
  readonly version: string;
  readonly uuid: string;
  /** Names, or UUIDs where a name alone is not enough. */
  readonly needs: readonly string[];
}

/** Tables `[[deps.Name]]`, in the first format `[[Name]]`. The UUID tells packages of one name apart. */
export function parseManifest(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'julia-manifest', 'Julia manifest');
  if (!file.path.endsWith('.toml')) return collector.result();
  const document = parseToml(file);
  if (!document.ok) {
    collector.unreadable(document.error);
    return collector.result();
  }
  const julia = asText(memberOf(document.value, 'julia_version')) ?? '';
  const format = memberOf(document.value, 'manifest_format');
  const tables = entriesOf(format === undefined ? document.value : memberOf(document.value, 'deps'));
  const entries = tables.flatMap(([name, list]) => entriesIn(name, asList(list) ?? [], julia));
  const known = new Map(entries.flatMap((entry) => [[entry.name, entry] as const, [entry.uuid, entry] as const]));
  for (const { name, version, uuid, needs } of entries) {
    const dependencies = needs.flatMap((need) => known.get(need) ?? []).map(reference);
    collector.add({ name, version, dependencies, qualifiers: { uuid } });
  }
  return collector.result();
}

function entriesIn(name: string, list: readonly unknown[], julia: string): Entry[] {
  return list.flatMap((item) => {
    const uuid = asText(memberOf(item, 'uuid'));
    if (uuid === undefined) return [];
    const deps = memberOf(item, 'deps');
    const needs = Array.isArray(deps) ? textsOf(deps) : entriesOf(deps).flatMap(([, need]) => textsOf(need));
    return [{ name, version: versionOf(item, julia), uuid, needs }];
  });
}

/** The standard library is written without a version: it is Julia's own. A package from a path or an address has none. */
function versionOf(item: unknown, julia: string): string {
  const isElsewhere = memberOf(item, 'path') !== undefined || memberOf(item, 'repo-url') !== undefined;
  return asText(memberOf(item, 'version')) ?? (isElsewhere ? '' : julia);
}

/** `[deps]`, and what only the tests are run with, `[extras]`. */
export function parseProject(file: InputFile): Asked | undefined {
  const document = parseToml(file);
  if (!document.ok) return undefined;
  const names = (table: string) => entriesOf(memberOf(document.value, table)).map(([name]): AskedName => [name, '']);
  return { runtime: names('deps'), optional: names('weakdeps'), development: names('extras') };
}

import { asMembers, asText, entriesOf, memberOf, parseJson } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, reference } from '../records.ts';

interface Library {
  readonly key: string;
  readonly name: string;
  readonly version: string;
  readonly isProject: boolean;
  /** Keys of the libraries it needs. */
  readonly needs: readonly string[];
}

/** What the SDK puts in front of the parts of the runtime that a self-contained application brings along. */
const RUNTIME_PACK = 'runtimepack.';

/**
 * `libraries` says what there is, `targets` which files of it are loaded and what it needs. A library without files is a
 * reference at build time and not there.
 */
export function parseDeps(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'dotnet-deps', '.NET dependency manifest');
  const document = parseJson(file);
  const members = document.ok ? asMembers(document.value) : undefined;
  if (members === undefined) {
    collector.unreadable(document.ok ? 'is no JSON object' : document.error);
    return collector.result();
  }
  const libraries = librariesIn(members['libraries'], targetIn(members), collector);
  const byKey = new Map(libraries.map((library) => [library.key, library]));
  const needed = new Set(libraries.flatMap(({ needs }) => needs));
  const isRoot = ({ key, isProject }: Library) => isProject && !needed.has(key);
  const direct = new Set(libraries.filter(isRoot).flatMap(({ needs }) => needs));
  for (const library of libraries) {
    const { key, name, version, needs } = library;
    const dependencies = needs.flatMap((need) => byKey.get(need) ?? []).map(reference);
    const relation = isRoot(library) ? 'root' : direct.has(key) ? 'direct' : 'transitive';
    collector.add({ name, version, relation, dependencies });
  }
  return collector.result();
}

/** The target that runs: for one system when it was published so, otherwise for any. */
function targetIn(document: Readonly<Record<string, unknown>>): unknown {
  const runs = asText(memberOf(document['runtimeTarget'], 'name')) ?? asText(document['runtimeTarget']) ?? '';
  return memberOf(document['targets'], runs) ?? entriesOf(document['targets']).at(0)?.[1];
}

function librariesIn(described: unknown, target: unknown, collector: RecordCollector): Library[] {
  const libraries: Library[] = [];
  for (const [key, value] of entriesOf(described)) {
    const type = asText(memberOf(value, 'type'))?.toLowerCase();
    const loaded = asMembers(memberOf(target, key));
    if (type === 'referenceassembly' || (loaded !== undefined && type === 'package' && !hasFiles(loaded))) continue;
    const slash = key.indexOf('/');
    if (slash <= 0) {
      collector.unusable(key);
      continue;
    }
    const name = key.slice(key.startsWith(RUNTIME_PACK) ? RUNTIME_PACK.length : 0, slash);
    const needs = entriesOf(loaded?.['dependencies']).map(([need, version]) => `${need}/${asText(version) ?? ''}`);
    libraries.push({ key, name, version: key.slice(slash + 1), isProject: type === 'project', needs });
  }
  return libraries;
}

function hasFiles(loaded: Readonly<Record<string, unknown>>): boolean {
  return ['runtime', 'runtimeTargets', 'native', 'resources'].some((member) => entriesOf(loaded[member]).length > 0);
}

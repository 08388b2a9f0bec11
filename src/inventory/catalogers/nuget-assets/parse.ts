import { asMembers, asText, entriesOf, memberOf, parseJson } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, reference } from '../records.ts';

/** `targets` has the graph of each framework, `project.frameworks` what the project itself asks for. */
export function parseAssets(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'nuget-assets', 'NuGet assets file');
  const document = parseJson(file);
  const members = document.ok ? asMembers(document.value) : undefined;
  const targets = asMembers(members?.['targets']);
  if (members === undefined || targets === undefined) {
    collector.unreadable(document.ok ? 'has no targets' : document.error);
    return collector.result();
  }
  const direct = directIn(members['project']);
  for (const [, target] of entriesOf(targets)) readTarget(target, direct, collector);
  return collector.result();
}

function directIn(project: unknown): ReadonlySet<string> {
  const frameworks = entriesOf(memberOf(project, 'frameworks'));
  const asked = frameworks.flatMap(([, framework]) => entriesOf(memberOf(framework, 'dependencies')));
  return new Set(asked.map(([name]) => name.toLowerCase()));
}

function readTarget(target: unknown, direct: ReadonlySet<string>, collector: RecordCollector): void {
  const libraries = entriesOf(target).flatMap(([key, value]) => {
    const slash = key.indexOf('/');
    if (slash <= 0) collector.unusable(key);
    return slash <= 0 ? [] : [{ name: key.slice(0, slash), version: key.slice(slash + 1), value }];
  });
  const known = new Map(libraries.map((library) => [library.name.toLowerCase(), reference(library)]));
  for (const { name, version, value } of libraries) {
    const isProject = asText(memberOf(value, 'type')) === 'project';
    const needs = entriesOf(memberOf(value, 'dependencies')).flatMap(([need]) => known.get(need.toLowerCase()) ?? []);
    const relation = isProject ? 'root' : direct.has(name.toLowerCase()) ? 'direct' : 'transitive';
    collector.add({ name, version, relation, dependencies: needs });
  }
}

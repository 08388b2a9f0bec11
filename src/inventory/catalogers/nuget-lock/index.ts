import { asMembers, asText, entriesOf, parseJson } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger, reference } from '../records.ts';

/** What NuGet resolved for a project, for each framework it is built for. */
export const nugetLock = recordCataloger({
  id: 'nuget-lock',
  title: 'NuGet packages in packages.lock.json',
  references: [
    'https://learn.microsoft.com/en-us/nuget/consume-packages/package-references-in-project-files#locking-dependencies',
  ],
  maturity: 'stable',
  type: 'nuget',
  evidence: 'declared',
  revision: 2,
  files: [{ kind: 'name', name: 'packages.lock.json', maxBytes: 64 * 1024 * 1024 }],
  parse,
});

function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'nuget-lock', 'NuGet lock file');
  const document = parseJson(file);
  const frameworks = document.ok ? asMembers(asMembers(document.value)?.['dependencies']) : undefined;
  if (frameworks === undefined) collector.unreadable(document.ok ? 'has no dependencies' : document.error);
  for (const [, packages] of entriesOf(frameworks)) readFramework(packages, collector);
  return collector.result();
}

const RELATIONS: ReadonlyMap<string, 'direct' | 'root'> = new Map([
  ['Direct', 'direct'],
  ['Project', 'root'],
]);

/** Names are equal without regard to case. Projects of the same solution have no version and are no packages: they say who needs what. */
function readFramework(framework: unknown, collector: RecordCollector): void {
  const packages = entriesOf(framework).map(([name, value]) => ({ name, members: asMembers(value) ?? {} }));
  const versions = new Map<string, string>();
  for (const { name, members } of packages) {
    const version = asText(members['resolved']) ?? (members['type'] === 'Project' ? '' : undefined);
    if (version !== undefined) versions.set(name.toLowerCase(), reference({ name, version }));
  }
  for (const { name, members } of packages) {
    const version = asText(members['resolved']) ?? '';
    const needs = entriesOf(members['dependencies']).flatMap(([need]) => versions.get(need.toLowerCase()) ?? []);
    const relation = RELATIONS.get(asText(members['type']) ?? '') ?? 'transitive';
    if (version === '' && relation !== 'root') collector.unusable(name);
    else collector.add({ name, version, relation, dependencies: needs });
  }
}

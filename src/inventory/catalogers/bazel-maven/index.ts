import { asList, asMembers, asText, entriesOf, type Members, parseJson, textsOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger, reference } from '../records.ts';

/** What the Maven rules of Bazel resolved for a workspace. */
export const bazelMaven = recordCataloger({
  id: 'bazel-maven',
  title: 'Java libraries in maven_install.json of Bazel',
  references: ['https://github.com/bazel-contrib/rules_jvm_external/blob/master/docs/bzlmod.md'],
  maturity: 'stable',
  type: 'maven',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'suffix', suffix: 'maven_install.json', maxBytes: 64 * 1024 * 1024 }],
  parse,
});

interface Artifact {
  readonly name: string;
  readonly version: string;
}

function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'bazel-maven', 'lock file of Bazel for Maven');
  const document = parseJson(file);
  const lock = document.ok ? asMembers(document.value) : undefined;
  const tree = asMembers(lock?.['dependency_tree']);
  if (!document.ok) collector.unreadable(document.error);
  else if (tree !== undefined) addTree(tree, collector);
  else if (lock !== undefined && asMembers(lock['artifacts'])) addArtifacts(lock, collector);
  else collector.unreadable('has no artifacts');
  return collector.result();
}

/** The first form: `"coord": "g:a:1.0"` or `"g:a:jar:sources:1.0"` each, with the coordinates it needs directly. */
function addTree(tree: Members, collector: RecordCollector): void {
  for (const item of asList(tree['dependencies']) ?? []) {
    const members = asMembers(item);
    const coordinate = asText(members?.['coord']) ?? '';
    if (/:(?:sources|javadoc):/.test(coordinate)) continue;
    const artifact = artifactOf(coordinate);
    const needs = textsOf(asList(members?.['directDependencies']) ?? []);
    if (artifact === undefined) collector.unusable(coordinate);
    else collector.add({ ...artifact, dependencies: needs.flatMap((need) => artifactOf(need) ?? []).map(reference) });
  }
}

/** The second form: `artifacts` by `g:a` (with `:aar` and the like behind it), and `dependencies` between these names. */
function addArtifacts(lock: Members, collector: RecordCollector): void {
  const versions = new Map<string, Artifact>();
  for (const [key, value] of entriesOf(lock['artifacts'])) {
    const version = asText(asMembers(value)?.['version']) ?? '';
    const name = nameIn(key);
    if (name === undefined || version === '') collector.unusable(key);
    else versions.set(key, { name, version });
  }
  const needs = new Map(entriesOf(lock['dependencies']));
  for (const [key, artifact] of versions) {
    const dependencies = textsOf(asList(needs.get(key)) ?? []).flatMap((need) => versions.get(need) ?? []);
    collector.add({ ...artifact, dependencies: dependencies.map(reference) });
  }
}

function artifactOf(coordinate: string): Artifact | undefined {
  const name = nameIn(coordinate);
  const version = coordinate.slice(coordinate.lastIndexOf(':') + 1);
  return name === undefined || version === '' ? undefined : { name, version };
}

function nameIn(coordinate: string): string | undefined {
  const [group = '', artifact = ''] = coordinate.split(':', 2);
  return group === '' || artifact === '' ? undefined : `${group}:${artifact}`;
}

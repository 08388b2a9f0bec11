import { asMembers, asText, entriesOf, memberOf, parseYaml } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';

/** What pub resolved for a Dart or Flutter project. */
export const pubspecLock = recordCataloger({
  id: 'pubspec-lock',
  title: 'Dart and Flutter packages in pubspec.lock',
  references: ['https://dart.dev/tools/pub/glossary#lockfile', 'https://dart.dev/tools/pub/private-files#pubspec-lock'],
  maturity: 'stable',
  type: 'pub',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'pubspec.lock', maxBytes: 16 * 1024 * 1024 }],
  parse,
});

const RELATIONS: ReadonlyMap<string, { relation: 'direct' | 'transitive'; scope?: 'runtime' | 'development' }> =
  new Map([
    ['direct main', { relation: 'direct', scope: 'runtime' }],
    ['direct overridden', { relation: 'direct', scope: 'runtime' }],
    ['direct dev', { relation: 'direct', scope: 'development' }],
    // Needed by what is for development as well as by the rest; the file does not tell.
    ['transitive', { relation: 'transitive' }],
  ]);

function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'pubspec-lock', 'pub lock file');
  const document = parseYaml(file);
  const packages = document.ok ? asMembers(memberOf(document.value.documents[0], 'packages')) : undefined;
  if (packages === undefined) collector.unreadable(document.ok ? 'has no packages' : document.error);
  for (const [name, value] of entriesOf(packages)) {
    const version = asText(memberOf(value, 'version')) ?? '';
    const source = asText(memberOf(value, 'source'));
    // `sdk` comes with Flutter or Dart and has no version of its own; `path` lies beside the project.
    if (source === 'sdk' || source === 'path') continue;
    if (version === '') collector.unusable(name);
    else collector.add({ name, version, ...RELATIONS.get(asText(memberOf(value, 'dependency')) ?? '') });
  }
  return collector.result();
}

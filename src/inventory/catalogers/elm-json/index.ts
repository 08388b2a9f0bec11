import { asMembers, asText, entriesOf, memberOf, parseJson } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { isInsideOf } from '../places.ts';
import { type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';

/** What Elm applications are built with, exactly; what Elm packages ask for. */
export const elmJson = recordCataloger({
  id: 'elm-json',
  title: 'Elm packages in elm.json',
  references: [
    'https://github.com/elm/compiler/blob/master/docs/elm.json/application.md',
    'https://github.com/elm/compiler/blob/master/docs/elm.json/package.md',
  ],
  maturity: 'stable',
  type: 'elm',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'elm.json', maxBytes: 4 * 1024 * 1024 }],
  parse,
});

function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'elm-json', 'elm.json');
  if (isInsideOf(file.path, 'node_modules', 'elm-stuff', '.elm')) return collector.result();
  const document = parseJson(file);
  const manifest = document.ok ? asMembers(document.value) : undefined;
  if (manifest === undefined) collector.unreadable(document.ok ? 'is no JSON object' : document.error);
  for (const [member, scope] of [
    ['dependencies', 'runtime'],
    ['test-dependencies', 'development'],
  ] as const) {
    const list = manifest?.[member];
    const isApplication = asMembers(memberOf(list, 'direct')) !== undefined;
    const groups = isApplication
      ? ([
          [memberOf(list, 'direct'), 'direct'],
          [memberOf(list, 'indirect'), 'transitive'],
        ] as const)
      : ([[list, 'direct']] as const);
    for (const [packages, relation] of groups) addAll(packages, { relation, scope }, collector);
  }
  return collector.result();
}

/** `"elm/core": "1.0.5"` in an application, `"elm/core": "1.0.0 <= v < 2.0.0"` in a package. */
function addAll(
  packages: unknown,
  { relation, scope }: { relation: 'direct' | 'transitive'; scope: 'runtime' | 'development' },
  collector: RecordCollector,
): void {
  for (const [name, value] of entriesOf(packages)) {
    const version = asText(value) ?? '';
    const record = { name, relation, ...(scope === 'development' && { scope }) };
    if (version === '') collector.unusable(name);
    else if (/[<>\s]/.test(version)) collector.unpinned(record);
    else collector.add({ ...record, version });
  }
}

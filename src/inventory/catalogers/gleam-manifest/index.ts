import { asList, asText, entriesOf, memberOf, parseToml, textsOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger, reference } from '../records.ts';

/** What Gleam resolved for a project. */
export const gleamManifest = recordCataloger({
  id: 'gleam-manifest',
  title: 'Gleam and Erlang packages in manifest.toml',
  references: ['https://gleam.run/writing-gleam/gleam-toml/'],
  maturity: 'stable',
  type: 'hex',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'manifest.toml', maxBytes: 8 * 1024 * 1024 }],
  parse,
});

/** Other tools call files `manifest.toml` too: one without a list of packages is not Gleam's. `local` packages lie beside the project. */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'gleam-manifest', 'Gleam manifest');
  const document = parseToml(file);
  if (!document.ok) collector.unreadable(document.error);
  const list = (document.ok ? asList(memberOf(document.value, 'packages')) : undefined) ?? [];
  const known = new Map<string, string>();
  for (const item of list) {
    const [name, version] = [asText(memberOf(item, 'name')) ?? '', asText(memberOf(item, 'version')) ?? ''];
    known.set(name, reference({ name, version }));
  }
  const direct = new Set(entriesOf(document.ok ? memberOf(document.value, 'requirements') : {}).map(([name]) => name));
  for (const item of list) {
    const [name = '', version = ''] = ['name', 'version'].map((key) => asText(memberOf(item, key)));
    const dependencies = textsOf(memberOf(item, 'requirements') ?? []).flatMap((need) => known.get(need) ?? []);
    const relation = direct.has(name) ? 'direct' : 'transitive';
    if (memberOf(item, 'source') === 'local') continue;
    if (name === '' || version === '') collector.unusable(name);
    else collector.add({ name, version, relation, dependencies, ...originOf(item) });
  }
  return collector.result();
}

function originOf(item: unknown): { qualifiers?: { vcs_url: string } } {
  const [repository, commit] = ['repo', 'commit'].map((key) => asText(memberOf(item, key)));
  return repository === undefined || commit === undefined
    ? {}
    : { qualifiers: { vcs_url: `git+${repository}@${commit}` } };
}

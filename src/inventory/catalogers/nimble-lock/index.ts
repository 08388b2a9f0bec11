import { asMembers, asText, entriesOf, memberOf, parseJson, textsOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger, reference } from '../records.ts';

/** What Nimble resolved for a Nim project. */
export const nimbleLock = recordCataloger({
  id: 'nimble-lock',
  title: 'Nim packages in nimble.lock',
  references: ['https://nim-lang.github.io/nimble/nimble-commands.html'],
  maturity: 'stable',
  type: 'nim',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'nimble.lock', maxBytes: 8 * 1024 * 1024 }],
  parse,
});

/** Packages by name, each with the names of those it needs. `nim` among them is the compiler. */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'nimble-lock', 'Nimble lock file');
  const document = parseJson(file);
  const packages = document.ok ? asMembers(memberOf(document.value, 'packages')) : undefined;
  if (packages === undefined) collector.unreadable(document.ok ? 'has no packages' : document.error);
  const version = (name: string) => asText(memberOf(memberOf(packages, name), 'version')) ?? '';
  for (const [name, item] of entriesOf(packages)) {
    const needs = textsOf(memberOf(item, 'dependencies') ?? []);
    const dependencies = needs.map((need) => reference({ name: need, version: version(need) }));
    const [address, commit] = [asText(memberOf(item, 'url')), asText(memberOf(item, 'vcsRevision'))];
    const origin = address && commit ? { qualifiers: { vcs_url: `git+${address}@${commit}` } } : {};
    if (version(name) === '') collector.unusable(name);
    else collector.add({ name, version: version(name), dependencies, ...origin });
  }
  return collector.result();
}

import { asMembers, asText, entriesOf, memberOf, parseJson, textsOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger, reference } from '../records.ts';

/** What renv recorded of the packages of an R project. */
export const renvLock = recordCataloger({
  id: 'renv-lock',
  title: 'R packages in renv.lock',
  references: ['https://rstudio.github.io/renv/reference/lockfiles.html'],
  maturity: 'stable',
  type: 'cran',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'renv.lock', maxBytes: 32 * 1024 * 1024 }],
  parse,
});

const NEEDS = ['Requirements', 'Depends', 'Imports', 'LinkingTo'];

/** `Requirements` are names; since renv 1.1 the fields of the package's own description, `"cli (>= 3.0)"`. */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'renv-lock', 'renv lock file');
  const document = parseJson(file);
  const packages = document.ok ? asMembers(memberOf(document.value, 'Packages')) : undefined;
  if (packages === undefined) collector.unreadable(document.ok ? 'has no packages' : document.error);
  const known = new Map<string, string>();
  for (const [key, item] of entriesOf(packages)) known.set(key, reference(identityOf(key, item)));
  for (const [key, item] of entriesOf(packages)) {
    const { name, version } = identityOf(key, item);
    const needs = NEEDS.flatMap((field) => textsOf(memberOf(item, field) ?? [])).flatMap(
      (need) => known.get(need.split(/[\s(]/, 1)[0] ?? '') ?? [],
    );
    if (version === '') collector.unusable(name);
    else collector.add({ name, version, dependencies: [...new Set(needs)], ...originOf(item) });
  }
  return collector.result();
}

function identityOf(key: string, item: unknown): { name: string; version: string } {
  return { name: asText(memberOf(item, 'Package')) ?? key, version: asText(memberOf(item, 'Version')) ?? '' };
}

/** Where a package comes from when not from CRAN or a mirror of it: advisories speak of the packages there. */
function originOf(item: unknown): { qualifiers?: { [key: string]: string } } {
  const text = (field: string) => asText(memberOf(item, field));
  if (text('Source') === 'Bioconductor') return { qualifiers: { repository_url: 'https://bioconductor.org' } };
  const [user, repository, commit] = [text('RemoteUsername'), text('RemoteRepo'), text('RemoteSha')];
  if (text('Source') !== 'GitHub' || !user || !repository) return {};
  return { qualifiers: { vcs_url: `git+https://github.com/${user}/${repository}${commit ? `@${commit}` : ''}` } };
}

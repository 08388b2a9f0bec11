import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';

/** What rebar3 resolved for an Erlang project. */
export const rebarLock = recordCataloger({
  id: 'rebar-lock',
  title: 'Erlang packages in rebar.lock',
  references: ['https://rebar3.org/docs/configuration/dependencies/#lock-files'],
  maturity: 'stable',
  type: 'hex',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'rebar.lock', maxBytes: 8 * 1024 * 1024 }],
  parse,
});

/** `{<<"app">>,{pkg,<<"name">>,<<"1.0.0">>},0}`; the number is how far from the project it is asked for. */
const PACKAGE =
  /\{<<"([^"]{1,200})">>,\s{0,20}\{pkg,\s{0,20}<<"([^"]{1,200})">>,\s{0,20}<<"([^"]{1,200})">>[^{}]{0,500}\},\s{0,20}(\d{1,4})\}/g;
/** `{<<"app">>,{git,"https://...",{ref,"0123..."}},0}`, also with a directory inside the repository. */
const REPOSITORY =
  /\{<<"([^"]{1,200})">>,\s{0,20}\{(?:git|hg|git_subdir),\s{0,20}"([^"]{1,400})",\s{0,20}\{ref,\s{0,20}"([^"]{1,200})"\}[^{}]{0,500}\},\s{0,20}(\d{1,4})\}/g;

/** Terms of Erlang, read as text. */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'rebar-lock', 'rebar lock file');
  const text = file.text();
  let found = 0;
  for (const [, , name = '', version = '', level] of text.matchAll(PACKAGE)) {
    collector.add({ name, version, relation: relationAt(level) });
    found++;
  }
  for (const [, name = '', address = '', commit = '', level] of text.matchAll(REPOSITORY)) {
    const qualifiers = { vcs_url: `git+${address}@${commit}` };
    collector.add({ name, version: commit, relation: relationAt(level), qualifiers });
    found++;
  }
  const written = text.split(/\{<<"[^"]{1,200}">>,\s{0,20}\{/).length - 1;
  if (found === 0 && !/\[\s*\]/.test(text)) collector.unreadable('has no packages');
  else if (written > found) collector.unusable();
  return collector.result();
}

function relationAt(level: string | undefined): 'direct' | 'transitive' {
  return level === '0' ? 'direct' : 'transitive';
}

import { asList, asText, memberOf, parseYaml } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';
import { requestCataloger } from '../requests.ts';

/** What Stack takes beside its snapshot, as the lock file has it; as the project asks for it where there is none. */
export const stackLock = requestCataloger({
  id: 'stack-lock',
  title: 'Haskell packages in stack.yaml.lock and stack.yaml',
  references: [
    'https://docs.haskellstack.org/en/stable/topics/lock_files/',
    'https://docs.haskellstack.org/en/stable/configure/yaml/project/#extra-deps',
  ],
  maturity: 'stable',
  type: 'hackage',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'name', name: 'stack.yaml.lock', maxBytes: 8 * 1024 * 1024 },
    { kind: 'name', name: 'stack.yaml', maxBytes: 8 * 1024 * 1024 },
  ],
  parse,
  isBetter: (path) => path.endsWith('.lock'),
  readsBetter: true,
});

function parse(file: InputFile): ParsedRecords {
  const isLock = file.path.endsWith('.lock');
  const collector = new RecordCollector(file, 'stack-lock', isLock ? 'Stack lock file' : 'Stack project file');
  const document = parseYaml(file);
  if (!document.ok) collector.unreadable(document.error);
  const root = document.ok ? document.value.documents[0] : undefined;
  const list = asList(memberOf(root, isLock ? 'packages' : 'extra-deps')) ?? [];
  for (const item of list) add(isLock ? memberOf(item, 'completed') : item, collector);
  const snapshots = isLock ? asList(memberOf(root, 'snapshots')) : undefined;
  if ((snapshots?.length ?? 0) > 0) collector.problem('snapshot-unknown', SNAPSHOT, 'incomplete');
  return collector.result();
}

const SNAPSHOT =
  'A Stack project takes most packages from a snapshot, which is not at hand; they are missing. `stack ls dependencies` lists them, and `cabal freeze` pins them in a file.';

/** `aeson-2.1.2.1@sha256:...,1234`, `{ hackage: ... }`, or what comes from a repository or an archive with its name and version. */
function add(item: unknown, collector: RecordCollector): void {
  const text = asText(item) ?? asText(memberOf(item, 'hackage'));
  const [, name, version] = /^([A-Za-z\d][A-Za-z\d-]{0,200})-(\d[\d.]{0,100})(?:@|$)/.exec(text ?? '') ?? [];
  const own = asText(memberOf(item, 'name'));
  if (name !== undefined && version !== undefined) collector.add({ name, version });
  else if (own) collector.add({ name: own, version: asText(memberOf(item, 'version')) ?? '', ...originOf(item) });
  // A folder of the project's own is no package; a repository alone does not say which package it holds.
  else if (text === undefined || !/^[./]/.test(text)) collector.unusable(text ?? asText(memberOf(item, 'git')));
}

function originOf(item: unknown): { qualifiers?: { vcs_url: string } } {
  const [repository, commit] = ['git', 'commit'].map((key) => asText(memberOf(item, key)));
  return repository === undefined || commit === undefined
    ? {}
    : { qualifiers: { vcs_url: `git+${repository}@${commit}` } };
}

import { asList, asText, memberOf, parseYaml, textsOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { parseRequirement } from '../python-requirement.ts';
import { type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';
import { repositoryName } from '../repository-name.ts';

/** Repositories whose hooks run on the machines of those who work on a project, before each commit. */
export const preCommit = recordCataloger({
  id: 'pre-commit',
  title: 'Repositories of hooks in .pre-commit-config.yaml',
  references: ['https://pre-commit.com/#pre-commit-configyaml---repos'],
  maturity: 'stable',
  type: 'generic',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: '.pre-commit-config.yaml', maxBytes: 1024 * 1024 }],
  parse,
});

/** `local` and `meta` hooks come from no repository. What hooks in Python need besides is pinned or not, as in requirements files. */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'pre-commit', 'pre-commit configuration');
  const document = parseYaml(file);
  const repositories = document.ok ? asList(memberOf(document.value.documents[0], 'repos')) : undefined;
  if (repositories === undefined) collector.unreadable(document.ok ? 'has no repositories' : document.error);
  for (const repository of repositories ?? []) {
    const [address = '', version = ''] = ['repo', 'rev'].map((member) => asText(memberOf(repository, member)));
    if (address === 'local' || address === 'meta') continue;
    const name = repositoryName(address);
    if (name === '' || version === '') collector.unusable(address);
    else
      collector.add({
        name,
        version,
        relation: 'direct',
        scope: 'development',
        qualifiers: { vcs_url: `git+${address}@${version}` },
      });
    for (const hook of asList(memberOf(repository, 'hooks')) ?? []) addNeeds(hook, collector);
  }
  return collector.result();
}

function addNeeds(hook: unknown, collector: RecordCollector): void {
  for (const text of textsOf(memberOf(hook, 'additional_dependencies') ?? [])) {
    const requirement = parseRequirement(text);
    if (requirement?.version !== undefined)
      collector.add({ ...requirement, version: requirement.version, type: 'pypi', scope: 'development' });
  }
}

import { asList, asText, memberOf, parseYaml } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';
import { requestCataloger } from '../requests.ts';

const maxBytes = 2 * 1024 * 1024;

/** Charts that a chart brings along, as its lock has them; as it asks for them where there is none. */
export const helmChart = requestCataloger({
  id: 'helm-chart',
  title: 'Helm charts in Chart.lock, Chart.yaml and requirements.yaml',
  references: ['https://helm.sh/docs/topics/charts/#chart-dependencies'],
  maturity: 'stable',
  type: 'helm',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'name', name: 'Chart.lock', maxBytes },
    { kind: 'name', name: 'requirements.lock', maxBytes },
    { kind: 'name', name: 'Chart.yaml', maxBytes },
    { kind: 'name', name: 'requirements.yaml', maxBytes },
  ],
  parse,
  isBetter: isLock,
  readsBetter: true,
});

function isLock(path: string): boolean {
  return path.endsWith('.lock');
}

/** `dependencies` are lists of a name, a version or range, and a repository: an address, `@alias`, or `file://` for one beside it. */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'helm-chart', 'Helm chart file');
  const document = parseYaml(file);
  if (!document.ok) collector.unreadable(document.error);
  const list = document.ok ? asList(memberOf(document.value.documents[0], 'dependencies')) : undefined;
  for (const item of list ?? []) {
    const text = (member: string) => asText(memberOf(item, member)) ?? '';
    const [name, version, repository] = [text('name'), text('version'), text('repository')];
    if (repository.startsWith('file:')) continue;
    const origin = /^(?:https?|oci):/.test(repository) ? { qualifiers: { repository_url: repository } } : {};
    const record = { name, relation: 'direct', ...origin } as const;
    if (/^v?\d+\.\d+\.\d+(?:[-+][\w.+-]{1,100})?$/.test(version)) collector.add({ ...record, version });
    else collector.unpinned(record);
  }
  return collector.result();
}

import { childOf, childrenOf, parseXml } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';

/** What builds with Apache Ivy ask for. */
export const ivyXml = recordCataloger({
  id: 'ivy-xml',
  title: 'Java libraries that builds with Apache Ivy ask for in ivy.xml',
  references: ['https://ant.apache.org/ivy/history/latest-milestone/ivyfile/dependency.html'],
  maturity: 'stable',
  type: 'maven',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'ivy.xml', maxBytes: 16 * 1024 * 1024 }],
  parse,
});

/** `1.+`, `[1.0,2.0[`, `latest.integration` and properties of the build leave the version open. */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'ivy-xml', 'Ivy file');
  const document = parseXml(file);
  if (!document.ok) collector.unreadable(document.error);
  const module = document.ok ? document.value : undefined;
  const own = childOf(module, 'info')?.attributes.get('organisation') ?? '';
  for (const { attributes } of childrenOf(childOf(module, 'dependencies'), 'dependency')) {
    const group = attributes.get('org') ?? own;
    const artifact = attributes.get('name') ?? '';
    const version = attributes.get('rev') ?? '';
    const isForBuilding = /^(?:test|build|provided|sources|javadoc)\b/.test(attributes.get('conf') ?? '');
    const scope = isForBuilding ? ({ scope: 'development' } as const) : {};
    const record = { name: `${group}:${artifact}`, relation: 'direct', ...scope } as const;
    if (group === '' || artifact === '') collector.unusable(artifact);
    else if (version === '' || /[[\](),+$]|^latest\.|^working@/.test(version)) collector.unpinned(record);
    else collector.add({ ...record, version });
  }
  return collector.result();
}

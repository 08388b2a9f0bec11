import { childrenOf, parseXml } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';

/** What projects of the .NET Framework list, dependencies of dependencies included. */
export const nugetConfig = recordCataloger({
  id: 'nuget-config',
  title: 'NuGet packages in packages.config',
  references: ['https://learn.microsoft.com/en-us/nuget/reference/packages-config'],
  maturity: 'stable',
  type: 'nuget',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'packages.config', maxBytes: 16 * 1024 * 1024 }],
  parse,
});

function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'nuget-config', 'packages.config file');
  const document = parseXml(file);
  if (!document.ok) collector.unreadable(document.error);
  for (const { attributes } of document.ok ? childrenOf(document.value, 'package') : []) {
    const [name = '', version = ''] = [attributes.get('id'), attributes.get('version')];
    const scope = attributes.get('developmentDependency') === 'true' ? 'development' : 'runtime';
    if (version === '') collector.unusable(name);
    else collector.add({ name, version, scope });
  }
  return collector.result();
}

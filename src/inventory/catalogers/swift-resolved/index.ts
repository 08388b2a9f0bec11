import { asList, asText, memberOf, parseJson } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';
import { repositoryName } from '../repository-name.ts';

/** What the Swift package manager resolved for a package or an Xcode project. */
export const swiftResolved = recordCataloger({
  id: 'swift-resolved',
  title: 'Swift packages in Package.resolved, versions 1 to 3',
  references: ['https://docs.swift.org/swiftpm/documentation/packagemanagerdocs/resolvingpackageversions'],
  maturity: 'stable',
  type: 'swift',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'name', name: 'Package.resolved', maxBytes: 8 * 1024 * 1024 },
    { kind: 'suffix', suffix: '-Package.resolved', maxBytes: 8 * 1024 * 1024 },
  ],
  parse,
});

/** A pin has a version, or the branch it follows, or a commit alone. */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'swift-resolved', 'Package.resolved file');
  const document = parseJson(file);
  const value = document.ok ? document.value : undefined;
  const pins = asList(memberOf(value, 'pins')) ?? asList(memberOf(memberOf(value, 'object'), 'pins'));
  if (pins === undefined) collector.unreadable(document.ok ? 'has no pins' : document.error);
  for (const pin of pins ?? []) {
    const address = asText(memberOf(pin, 'location')) ?? asText(memberOf(pin, 'repositoryURL')) ?? '';
    const name = repositoryName(address) || (asText(memberOf(pin, 'identity')) ?? '');
    const state = memberOf(pin, 'state');
    const [version] = ['version', 'branch', 'revision'].flatMap((member) => asText(memberOf(state, member)) || []);
    if (name === '' || version === undefined) collector.unusable(name);
    else collector.add({ name, version });
  }
  return collector.result();
}

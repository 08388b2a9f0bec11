import { linesOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';
import { repositoryName } from '../repository-name.ts';

/** What Carthage resolved for an Xcode project. */
export const carthageResolved = recordCataloger({
  id: 'carthage-resolved',
  title: 'Swift and Objective-C frameworks in Cartfile.resolved',
  references: ['https://github.com/Carthage/Carthage/blob/master/Documentation/Artifacts.md#cartfileresolved'],
  maturity: 'stable',
  type: 'swift',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'Cartfile.resolved', maxBytes: 4 * 1024 * 1024 }],
  parse,
});

/** `github "owner/repository" "1.0.0"`, `git "https://..." "1.0.0"`, `binary "https://....json" "1.0.0"`: a version, or a commit. */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'carthage-resolved', 'Cartfile.resolved');
  for (const line of linesOf(file.text())) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    const [, kind, place = '', version = ''] = /^(github|git|binary) "([^"]{1,400})" "([^"]{1,200})"/.exec(text) ?? [];
    if (kind === undefined) collector.unusable(text);
    else if (kind === 'binary')
      collector.add({ type: 'generic', name: binaryName(place), version, qualifiers: { download_url: place } });
    else collector.add({ name: repositoryName(isShort(kind, place) ? `github.com/${place}` : place), version });
  }
  return collector.result();
}

/** `owner/repository` is of github.com; servers of one's own are named whole. */
function isShort(kind: string, place: string): boolean {
  return kind === 'github' && !place.includes('://');
}

/** `https://example.org/Tides.json` describes the framework `Tides`. */
function binaryName(place: string): string {
  return place.slice(place.lastIndexOf('/') + 1).replace(/\.json$/, '');
}

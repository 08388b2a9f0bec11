import { linesOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';

/** Modules whose packages a Go project carries along as source. */
export const goVendor = recordCataloger({
  id: 'go-vendor',
  title: 'Go modules that lie in vendor, by vendor/modules.txt',
  references: ['https://go.dev/ref/mod#vendoring'],
  maturity: 'stable',
  type: 'golang',
  evidence: 'installed',
  revision: 1,
  files: [{ kind: 'suffix', suffix: 'vendor/modules.txt', maxBytes: 16 * 1024 * 1024 }],
  parse,
});

interface Vendored {
  readonly name: string;
  readonly version: string;
}

/**
 * `# module version`, or `# module version => other version`, and below it the packages that were copied, a line each. A module
 * without any is known and not there. Replacements of every version are listed once more at the end, without packages.
 */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'go-vendor', 'modules.txt of Go');
  let module: Vendored | undefined;
  for (const line of linesOf(file.text())) {
    const text = line.trim();
    if (text === '' || text.startsWith('## ')) continue;
    if (text.startsWith('# ')) module = moduleIn(text.slice(2));
    else if (module !== undefined) {
      collector.add(module);
      module = undefined;
    }
  }
  return collector.result();
}

/** What stands in for a module is what was copied; a directory has no version. */
function moduleIn(text: string): Vendored | undefined {
  const [asked = '', instead = asked] = text.split(' => ', 2);
  const [name = '', version = ''] = instead.split(' ', 2);
  return name === '' || !/^v\d/.test(version) ? undefined : { name, version };
}

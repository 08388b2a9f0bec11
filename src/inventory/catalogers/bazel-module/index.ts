import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';

/**
 * The modules that a Bazel project asks for, and the Java libraries that it names in its module file. Bazel may take a later version
 * that another module asks for.
 */
export const bazelModule = recordCataloger({
  id: 'bazel-module',
  title: 'Bazel modules and Java libraries in MODULE.bazel',
  references: ['https://bazel.build/external/module', 'https://bazel.build/rules/lib/globals/module#bazel_dep'],
  maturity: 'stable',
  type: 'bazel',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'suffix', suffix: 'MODULE.bazel', maxBytes: 4 * 1024 * 1024 }],
  parse,
});

const CALL = /\bbazel_dep\s{0,10}\(([^()]{0,2000})\)/g;
/** `"com.google.guava:guava:31.1-jre"` in a list of `artifacts`. */
const ARTIFACTS = /\bartifacts\s{0,10}=\s{0,10}\[([^\]]{0,100000})\]/g;

/** A program in Starlark, of which calls with literals count; comments begin with `#`. */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'bazel-module', 'module file of Bazel');
  const text = file.text().replace(/#[^\n]*/g, '');
  for (const [, body = ''] of text.matchAll(CALL)) {
    const argument = (name: string) =>
      new RegExp(`\\b${name}\\s{0,10}=\\s{0,10}["']([^"'\\n]{0,200})["']`).exec(body)?.[1];
    const [name, version] = [argument('name'), argument('version')];
    const isForBuilding = /\bdev_dependency\s{0,10}=\s{0,10}True\b/.test(body);
    const record = {
      name: name ?? '',
      relation: 'direct',
      ...(isForBuilding && { scope: 'development' as const }),
    } as const;
    if (name === undefined) collector.unusable();
    else if (version === undefined || version === '') collector.unpinned(record);
    else collector.add({ ...record, version });
  }
  for (const [, body = ''] of text.matchAll(ARTIFACTS)) {
    for (const [, group = '', artifact = '', version = ''] of body.matchAll(
      /["']([\w.-]{1,200}):([\w.-]{1,200}):([^"'\n:]{1,100})["']/g,
    ))
      collector.add({ type: 'maven', name: `${group}:${artifact}`, version, relation: 'direct' });
  }
  return collector.result();
}

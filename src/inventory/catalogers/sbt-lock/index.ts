import { asList, asText, memberOf, parseJson, textsOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';

/** What sbt resolved for a project, as its plugin for dependency locks writes it. */
export const sbtLock = recordCataloger({
  id: 'sbt-lock',
  title: 'Java and Scala libraries in build.sbt.lock',
  references: ['https://stringbean.github.io/sbt-dependency-lock/file-formats/version-1.html'],
  maturity: 'stable',
  type: 'maven',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'suffix', suffix: '.sbt.lock', maxBytes: 32 * 1024 * 1024 }],
  parse,
});

const FOR_BUILDING = /^(?:test|it|scala-tool|scala-doc-tool|plugin|provided|optional)/i;

/** Names hold the suffix of the Scala version (`cats-core_2.13`); a dependency says for which configurations it is there. */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'sbt-lock', 'sbt lock file');
  const document = parseJson(file);
  const dependencies = document.ok ? asList(memberOf(document.value, 'dependencies')) : undefined;
  if (dependencies === undefined) collector.unreadable(document.ok ? 'has no dependencies' : document.error);
  for (const item of dependencies ?? []) {
    const [group = '', name = '', version = ''] = ['org', 'name', 'version'].map((key) => asText(memberOf(item, key)));
    const configurations = textsOf(memberOf(item, 'configurations') ?? []);
    const isForBuilding = configurations.length > 0 && configurations.every((one) => FOR_BUILDING.test(one));
    if (group === '' || name === '' || version === '') collector.unusable(name);
    else collector.add({ name: `${group}:${name}`, version, ...(isForBuilding && { scope: 'development' }) });
  }
  return collector.result();
}

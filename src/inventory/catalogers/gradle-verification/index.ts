import { childOf, childrenOf, parseXml, type XmlElement } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';

/** Everything that a Gradle build has downloaded and checks: libraries, plugins and the tools of the build. */
export const gradleVerification = recordCataloger({
  id: 'gradle-verification',
  title: 'Java libraries in the verification metadata of Gradle builds',
  references: ['https://docs.gradle.org/current/userguide/dependency_verification.html'],
  maturity: 'stable',
  type: 'maven',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'verification-metadata.xml', maxBytes: 64 * 1024 * 1024 }],
  parse,
});

function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'gradle-verification', 'Gradle verification file');
  const document = parseXml(file);
  if (!document.ok) collector.unreadable(document.error);
  const components = document.ok ? childrenOf(childOf(document.value, 'components'), 'component') : [];
  for (const component of components) {
    const [group = '', name = '', version = ''] = ['group', 'name', 'version'].map((key) =>
      component.attributes.get(key),
    );
    if (group === '' || name === '' || version === '') collector.unusable(name);
    else if (hasCode(component)) collector.add({ name: `${group}:${name}`, version });
  }
  return collector.result();
}

/** Of parents and lists of versions only the description was downloaded. */
function hasCode(component: XmlElement): boolean {
  const artifacts = childrenOf(component, 'artifact').map(({ attributes }) => attributes.get('name') ?? '');
  return artifacts.length === 0 || artifacts.some((name) => !/\.(?:pom|module)$/.test(name));
}

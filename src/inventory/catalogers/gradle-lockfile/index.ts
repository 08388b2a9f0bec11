import { linesOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';

/** What Gradle resolved for each configuration of a project. */
export const gradleLockfile = recordCataloger({
  id: 'gradle-lockfile',
  title: 'Java libraries in gradle.lockfile and gradle/dependency-locks',
  references: ['https://docs.gradle.org/current/userguide/dependency_locking.html'],
  maturity: 'stable',
  type: 'maven',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'suffix', suffix: '.lockfile', maxBytes: 16 * 1024 * 1024 }],
  parse,
});

const BUILD = /test|annotationprocessor|kapt|ksp|checkstyle|pmd|spotbugs|detekt|jacoco|lint/i;

/** `group:artifact:version=configuration,configuration`; the format before Gradle 6.8 has a file for each configuration and no `=`. */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'gradle-lockfile', 'Gradle lock file');
  const old = /(?:^|\/)gradle\/dependency-locks\/([^/]+)\.lockfile$/.exec(file.path)?.[1];
  const isBuildscript = file.path.endsWith('buildscript-gradle.lockfile');
  if (old === undefined && !file.path.endsWith('gradle.lockfile')) return collector.result();
  for (const line of linesOf(file.text())) {
    if (line === '' || line.startsWith('#') || line.startsWith('empty=')) continue;
    const equals = line.indexOf('=');
    const [group = '', artifact = '', version = ''] = line.slice(0, equals === -1 ? undefined : equals).split(':', 3);
    const configurations = equals === -1 ? [old ?? ''] : line.slice(equals + 1).split(',');
    const isDevelopment = isBuildscript || configurations.every((name) => BUILD.test(name));
    if (group === '' || artifact === '' || version === '') collector.unusable(line);
    else collector.add({ name: `${group}:${artifact}`, version, scope: isDevelopment ? 'development' : 'runtime' });
  }
  return collector.result();
}

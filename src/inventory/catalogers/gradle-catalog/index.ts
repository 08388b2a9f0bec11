import { recordCataloger } from '../records.ts';
import { parseCatalog } from './parse.ts';

/** The versions that the projects of a Gradle build choose from. */
export const gradleCatalog = recordCataloger({
  id: 'gradle-catalog',
  title: 'Java libraries and plugins in version catalogs of Gradle',
  references: ['https://docs.gradle.org/current/userguide/version_catalogs.html'],
  maturity: 'stable',
  type: 'maven',
  evidence: 'declared',
  revision: 2,
  files: [{ kind: 'suffix', suffix: '.versions.toml', maxBytes: 4 * 1024 * 1024 }],
  parse: parseCatalog,
});

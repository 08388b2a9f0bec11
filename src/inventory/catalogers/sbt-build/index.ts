import { requestCataloger } from '../requests.ts';
import { parseBuild } from './parse.ts';

const maxBytes = 4 * 1024 * 1024;

/** What builds of sbt ask for, where no lock file tells what they got. */
export const sbtBuild = requestCataloger({
  id: 'sbt-build',
  title: 'Java and Scala libraries named in build.sbt and project/*.scala',
  references: ['https://www.scala-sbt.org/1.x/docs/Library-Dependencies.html'],
  maturity: 'stable',
  type: 'maven',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'suffix', suffix: '.sbt', maxBytes },
    { kind: 'suffix', suffix: 'project/Dependencies.scala', maxBytes },
    { kind: 'suffix', suffix: '.sbt.lock', maxBytes: 32 * 1024 * 1024 },
  ],
  parse: parseBuild,
  isBetter: (path) => path.endsWith('.lock'),
  // The libraries of the build are often named in `project/Dependencies.scala`.
  covers: (path) => {
    const directory = path.slice(0, path.lastIndexOf('/') + 1);
    return [directory, `${directory}project/`];
  },
});

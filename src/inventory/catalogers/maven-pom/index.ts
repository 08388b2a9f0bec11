import { type Problem, ProblemLog } from '#foundation/index.ts';
import type { Package } from '#model/index.ts';
import type { Assembly, Cataloger, InputFile, Reading, VisibleFragment } from '../../cataloger.ts';
import { type EffectivePom, type LocatedPom, PomResolver, type ResolvedDependency } from './effective.ts';
import { type Pom, parsePom } from './parse.ts';

type PomFragment = { readonly pom: Pom };

const maxBytes = 16 * 1024 * 1024;

/**
 * What Maven projects ask for by name. Versions come from the project, its parents and lists of versions as far as these lie
 * in the same tree, a local repository included; nothing is fetched, so what dependencies need in turn is not known.
 */
export const mavenPom: Cataloger<PomFragment> = {
  id: 'maven-pom',
  title: 'Java libraries that Maven projects ask for in pom.xml',
  references: [
    'https://maven.apache.org/pom.html',
    'https://maven.apache.org/guides/introduction/introduction-to-dependency-mechanism.html',
  ],
  maturity: 'stable',
  type: 'maven',
  evidence: 'declared',
  revision: 2,
  files: [
    { kind: 'name', name: 'pom.xml', maxBytes },
    { kind: 'suffix', suffix: '.pom', maxBytes },
  ],
  read,
  assemble,
};

function read(file: InputFile): Reading<PomFragment> {
  if (file.size === 0) return { problems: [] };
  const parsed = parsePom(file);
  if (parsed.ok) {
    const { pom, unusable } = parsed.value;
    return {
      fragment: { pom },
      problems: unusable > 0 && isProject(file.path) ? [unusableRecords(file.path, unusable)] : [],
    };
  }
  // A file of a repository only helps to read others, and the suffix has other uses.
  if (!isProject(file.path)) return { problems: [] };
  const message = `A pom.xml could not be read (it ${parsed.error}); its packages are missing.`;
  return { problems: [{ code: 'maven-pom-unreadable', message, effect: 'incomplete', subject: file.path }] };
}

function unusableRecords(subject: string, count: number): Problem {
  const message = 'A dependency in a pom.xml has no groupId or artifactId and was left out.';
  return { code: 'maven-pom-record-unusable', message, effect: 'incomplete', subject, count };
}

function isProject(path: string): boolean {
  return path === 'pom.xml' || path.endsWith('/pom.xml');
}

function assemble(fragments: readonly VisibleFragment<PomFragment>[]): Assembly {
  const located = fragments.map((visible) => ({ path: visible.path, pom: visible.fragment.pom, layer: visible.layer }));
  const projects = located.filter(({ path }) => isProject(path));
  const resolver = new PomResolver(located);
  const problems = new ProblemLog();
  const packages = projects.flatMap((project) => {
    const effective = resolver.resolve(project);
    const unknown = effective.dependencies.find(({ version }) => version === undefined);
    if (unknown !== undefined) problems.add(unknownVersion(project, unknown));
    return packagesOf(effective).map((found) => ({ package: found, path: project.path, layer: project.layer }));
  });
  if (resolver.isExhausted) problems.add(TOO_MUCH);
  return { packages, problems: problems.list() };
}

const TOO_MUCH: Problem = {
  code: 'maven-pom-inheritance-limit',
  message: 'The Maven projects inherit more dependencies than any build does; the rest of them was left out.',
  effect: 'incomplete',
  subject: 'pom.xml',
};

function packagesOf({ name, version, licences, dependencies }: EffectivePom): Package[] {
  const references = dependencies.map((item) =>
    item.version === undefined ? item.name : `${item.name}@${item.version}`,
  );
  const root: Package = { type: 'maven', name, version, licences, relation: 'root', dependencies: references };
  return [root, ...dependencies.map(toPackage)];
}

function toPackage({ name, version = '', scope }: ResolvedDependency): Package {
  return { type: 'maven', name, version, licences: [], scope, relation: 'direct' };
}

function unknownVersion({ path }: LocatedPom, { name }: ResolvedDependency): Problem {
  const message =
    'A pom.xml asks for libraries whose version its own text, its parents and lists at hand do not tell; they are listed without one.';
  return { code: 'maven-pom-version-unknown', message, effect: 'degraded', subject: `${path}: ${name}` };
}

import { err, ok, type Result } from '#foundation/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { childOf, childrenOf, parseXml, textOf, type XmlElement } from '../xml.ts';

/** Texts as they are written, `${...}` not yet replaced. */
export type Pom = {
  readonly group?: string;
  readonly artifact: string;
  readonly version?: string;
  readonly parent?: PomParent;
  readonly properties: readonly (readonly [name: string, value: string])[];
  readonly managed: readonly PomDependency[];
  readonly dependencies: readonly PomDependency[];
  readonly licences: readonly string[];
};

export type PomParent = {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  /** Empty when the parent is to be taken from a repository only. */
  readonly relativePath: string;
};

export type PomDependency = {
  readonly group: string;
  readonly artifact: string;
  readonly version?: string;
  readonly scope?: string;
  readonly type?: string;
  readonly optional?: string;
};

const MAX_ITEMS = 20_000;
const MAX_TEXT = 500;

/** Reads what is written in one `pom.xml` (https://maven.apache.org/pom.html). Profiles and plugins are left out. */
export function parsePom(file: InputFile): Result<Pom> {
  const document = parseXml(file);
  if (!document.ok) return document;
  const project = document.value;
  const artifact = shortText(project, 'artifactId');
  if (project.name !== 'project' || artifact === undefined) return err('is no project with an artifactId');
  const parent = parentOf(childOf(project, 'parent'));
  return ok({
    ...members(project, ['groupId', 'group'], ['version', 'version']),
    artifact,
    ...(parent && { parent }),
    properties: (childOf(project, 'properties')?.children ?? [])
      .slice(0, MAX_ITEMS)
      .map(({ name, text }) => [name, text.slice(0, MAX_TEXT)] as const),
    managed: dependenciesIn(childOf(project, 'dependencyManagement')),
    dependencies: dependenciesIn(project),
    licences: childrenOf(childOf(project, 'licenses'), 'license').flatMap(
      (licence) => shortText(licence, 'name') ?? [],
    ),
  });
}

function parentOf(element: XmlElement | undefined): PomParent | undefined {
  const [group, artifact, version] = ['groupId', 'artifactId', 'version'].map((name) => shortText(element, name));
  if (group === undefined || artifact === undefined || version === undefined) return undefined;
  const relativePath = childOf(element, 'relativePath')?.text.slice(0, MAX_TEXT) ?? '../pom.xml';
  return { group, artifact, version, relativePath };
}

function dependenciesIn(element: XmlElement | undefined): PomDependency[] {
  return childrenOf(childOf(element, 'dependencies'), 'dependency')
    .slice(0, MAX_ITEMS)
    .flatMap((dependency) => {
      const [group, artifact] = [shortText(dependency, 'groupId'), shortText(dependency, 'artifactId')];
      if (group === undefined || artifact === undefined) return [];
      const rest = (['version', 'scope', 'type', 'optional'] as const).map((name) => [name, name] as const);
      return [{ group, artifact, ...members(dependency, ...rest) }];
    });
}

/** The members that are there, each under the name we give it. */
function members<K extends string>(element: XmlElement, ...names: readonly (readonly [string, K])[]) {
  const found: { [P in K]?: string } = {};
  for (const [name, as] of names) {
    const text = shortText(element, name);
    if (text !== undefined) found[as] = text;
  }
  return found;
}

function shortText(element: XmlElement | undefined, name: string): string | undefined {
  return textOf(element, name)?.slice(0, MAX_TEXT);
}

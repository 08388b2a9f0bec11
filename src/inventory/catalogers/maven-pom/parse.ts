import { childOf, childrenOf, parseXml, textOf, type XmlElement } from '#foundation/documents/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import type { InputFile } from '../../cataloger.ts';

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
  /** It is asked for by a profile that has to be switched on. */
  readonly profile?: 'off';
};

const MAX_ITEMS = 20_000;
const MAX_TEXT = 500;

export interface ParsedPom {
  readonly pom: Pom;
  /** Dependencies without group or artifact, which were left out. */
  readonly unusable: number;
}

/**
 * Reads what is written in one `pom.xml` (https://maven.apache.org/pom.html). Profiles that are active by default are part of the
 * project; what others ask for is marked, and their properties count where the project has none. Plugins are left out.
 */
export function parsePom(file: InputFile): Result<ParsedPom> {
  const document = parseXml(file);
  if (!document.ok) return document;
  const project = document.value;
  const artifact = shortText(project, 'artifactId');
  if (project.name !== 'project' || artifact === undefined) return err('is no project with an artifactId');
  const parent = parentOf(childOf(project, 'parent'));
  const { on, off } = profilesIn(project);
  // Of several properties of one name the last counts, of several managed versions the first.
  const properties = [...off, project, ...on].flatMap((holder) => childOf(holder, 'properties')?.children ?? []);
  const managed = [...on, project, ...off].flatMap((holder) =>
    dependencyElements(childOf(holder, 'dependencyManagement')),
  );
  const needed = [project, ...on].flatMap(dependencyElements);
  const perhapsNeeded = off.flatMap(dependencyElements);
  if (Math.max(managed.length, needed.length + perhapsNeeded.length, properties.length) > MAX_ITEMS)
    return err(`has more than ${MAX_ITEMS} dependencies or properties`);
  const dependencies = [
    ...needed.flatMap(dependencyOf),
    ...perhapsNeeded.flatMap(dependencyOf).map((item) => ({ ...item, profile: 'off' as const })),
  ];
  const pom: Pom = {
    ...members(project, ['groupId', 'group'], ['version', 'version']),
    artifact,
    ...(parent && { parent }),
    properties: properties.map(({ name, text }) => [name, text.slice(0, MAX_TEXT)] as const),
    managed: managed.flatMap(dependencyOf),
    dependencies,
    licences: childrenOf(childOf(project, 'licenses'), 'license').flatMap(
      (licence) => shortText(licence, 'name') ?? [],
    ),
  };
  return ok({ pom, unusable: needed.length + perhapsNeeded.length - dependencies.length });
}

function profilesIn(project: XmlElement): { on: XmlElement[]; off: XmlElement[] } {
  const profiles = childrenOf(childOf(project, 'profiles'), 'profile');
  const isOn = (profile: XmlElement) => textOf(profile, 'activation', 'activeByDefault') === 'true';
  return { on: profiles.filter(isOn), off: profiles.filter((profile) => !isOn(profile)) };
}

function parentOf(element: XmlElement | undefined): PomParent | undefined {
  const [group, artifact, version] = ['groupId', 'artifactId', 'version'].map((name) => shortText(element, name));
  if (group === undefined || artifact === undefined || version === undefined) return undefined;
  const relativePath = childOf(element, 'relativePath')?.text.slice(0, MAX_TEXT) ?? '../pom.xml';
  return { group, artifact, version, relativePath };
}

function dependencyElements(element: XmlElement | undefined): readonly XmlElement[] {
  return childrenOf(childOf(element, 'dependencies'), 'dependency');
}

function dependencyOf(dependency: XmlElement): PomDependency[] {
  const [group, artifact] = [shortText(dependency, 'groupId'), shortText(dependency, 'artifactId')];
  if (group === undefined || artifact === undefined) return [];
  const rest = (['version', 'scope', 'type', 'optional'] as const).map((name) => [name, name] as const);
  return [{ group, artifact, ...members(dependency, ...rest) }];
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

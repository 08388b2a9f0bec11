import { asList, asMembers, asText, entriesOf, type Members, parseToml, textsOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../cataloger.ts';
import type { Asked } from './manifest.ts';
import { parseRequirement, type Requirement } from './python-requirement.ts';

/** What a `pyproject.toml` asks for, by what it is needed for. */
export interface ProjectRequirements {
  readonly name?: string;
  readonly version?: string;
  readonly runtime: readonly Requirement[];
  readonly optional: readonly Requirement[];
  readonly development: readonly Requirement[];
}

const MAX_REQUIREMENTS = 20_000;

/** As the standard has it (`project`, `dependency-groups`), and as Poetry, PDM, uv and Flit had it before. Undefined without any. */
export function requirementsIn(document: unknown): ProjectRequirements | undefined {
  const project = asMembers(asMembers(document)?.['project']);
  const tools = asMembers(asMembers(document)?.['tool']);
  const poetry = asMembers(tools?.['poetry']);
  const pdm = asMembers(tools?.['pdm']);
  const uv = asMembers(tools?.['uv']);
  const found = {
    runtime: [...listed(project?.['dependencies']), ...tabled(poetry?.['dependencies'])],
    optional: [...grouped(project?.['optional-dependencies']), ...poetryGroups(poetry, true)],
    development: [
      ...grouped(asMembers(document)?.['dependency-groups']),
      ...grouped(pdm?.['dev-dependencies']),
      ...listed(uv?.['dev-dependencies']),
      ...tabled(poetry?.['dev-dependencies']),
      ...poetryGroups(poetry, false),
    ],
  };
  const count = found.runtime.length + found.optional.length + found.development.length;
  if (count === 0 || count > MAX_REQUIREMENTS) return undefined;
  const name = asText(project?.['name']) ?? asText(poetry?.['name']);
  const version = asText(project?.['version']) ?? asText(poetry?.['version']);
  return { ...found, ...(name && { name }), ...(version && { version }) };
}

/** For lock files beside it. */
export function parseAskedProject(file: InputFile): Asked | undefined {
  const document = parseToml(file);
  const found = document.ok ? requirementsIn(document.value) : undefined;
  if (found === undefined) return undefined;
  const names = (list: readonly Requirement[]) => list.map(({ name }) => [name, ''] as const);
  return { runtime: names(found.runtime), optional: names(found.optional), development: names(found.development) };
}

export function isPyproject(path: string): boolean {
  return /(?:^|\/)pyproject\.toml$/.test(path);
}

/** Groups may include others by a table, whose requirements stand there themselves. */
function listed(value: unknown): Requirement[] {
  return textsOf(asList(value) ?? []).flatMap((text) => parseRequirement(text) ?? []);
}

function grouped(value: unknown): Requirement[] {
  return entriesOf(value).flatMap(([, list]) => listed(list));
}

function poetryGroups(poetry: Members | undefined, isOptional: boolean): Requirement[] {
  return entriesOf(poetry?.['group'])
    .filter(([, group]) => (asMembers(group)?.['optional'] === true) === isOptional)
    .flatMap(([, group]) => tabled(asMembers(group)?.['dependencies']));
}

/** `flask = "3.0.3"` pins in Poetry; `"^3"`, `{ version = "^3", optional = true }` and lists of those do not. `python` is no package. */
function tabled(value: unknown): Requirement[] {
  return entriesOf(value).flatMap(([name, wanted]) => {
    if (name.toLowerCase() === 'python') return [];
    const text = asText(wanted) ?? asText(asMembers(wanted)?.['version']) ?? '';
    const version = /^(?:={2,3})?\s*(\d[\w.!+]*)$/.exec(text)?.[1];
    return [{ name, ...(version && { version }) }];
  });
}

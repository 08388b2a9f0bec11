import { type JsonPlace, jsonPlaces, memberAt } from './json-places.ts';

/** Where a package.json asks for others; what only peers are asked for is not installed by the project. */
const FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

/** What the project asks for under this name, each specifier once; none when it does not name it. */
export function specifiersOf(manifest: string, name: string): string[] {
  return [...new Set(placesOf(manifest, name).map(({ text }) => text))];
}

/** The same text with another specifier wherever the package is asked for by that specifier. */
export function withSpecifier(manifest: string, name: string, from: string, to: string): string {
  const places = placesOf(manifest, name).filter(({ text }) => text === from);
  return places.reduceRight(
    (text, { start, end }) => text.slice(0, start) + JSON.stringify(to) + text.slice(end),
    manifest,
  );
}

function placesOf(manifest: string, name: string): Extract<JsonPlace, { kind: 'text' }>[] {
  const root = jsonPlaces(manifest);
  return FIELDS.map((field) => memberAt(memberAt(root, field), name))
    .filter((place) => place?.kind === 'text')
    .sort((a, b) => a.start - b.start);
}

/** With a version forced on all dependants; undefined where something is overridden under that name already. */
export function withOverride(manifest: string, name: string, version: string): string | undefined {
  const root = jsonPlaces(manifest);
  if (root?.kind !== 'object') return undefined;
  const overrides = memberAt(root, 'overrides');
  if (overrides === undefined) {
    const indent = indentOf(manifest, root);
    const entry = `${JSON.stringify(name)}: ${JSON.stringify(version)}`;
    const block = indent === '' ? `{${entry}}` : `{\n${indent}${indent}${entry}\n${indent}}`;
    return withMember(manifest, root, `"overrides": ${block}`, indent);
  }
  if (overrides.kind !== 'object' || memberAt(overrides, name)) return undefined;
  const indent = indentOf(manifest, root);
  return withMember(manifest, overrides, `${JSON.stringify(name)}: ${JSON.stringify(version)}`, indent + indent);
}

function withMember(
  text: string,
  object: Extract<JsonPlace, { kind: 'object' }>,
  member: string,
  indent: string,
): string {
  const last = object.members.at(-1)?.value.end;
  const isOneLine = indent === '' || !text.slice(object.start, object.end).includes('\n');
  const before = isOneLine ? '' : `\n${indent}`;
  if (last !== undefined) return `${text.slice(0, last)},${before}${member}${text.slice(last)}`;
  const end = isOneLine ? '' : `\n${indent.slice(0, indent.length / 2)}`;
  return `${text.slice(0, object.start)}{${before}${member}${end}}${text.slice(object.end)}`;
}

/** White space before the first member; empty where all is on one line. */
function indentOf(text: string, root: JsonPlace): string {
  return /^\{\r?\n([ \t]{1,16})"/.exec(text.slice(root.start))?.[1] ?? '';
}

/** The same manifest with nothing that could be run: every script says that it is not to be run, all else is as it was. */
export function withoutScripts(manifest: string): string {
  const scripts = memberAt(jsonPlaces(manifest), 'scripts');
  if (scripts === undefined) return manifest;
  const names = scripts.kind === 'object' ? scripts.members.map(({ key }) => key) : [];
  const harmless = Object.fromEntries(names.map((name) => [name, 'exit 1']));
  return manifest.slice(0, scripts.start) + JSON.stringify(harmless) + manifest.slice(scripts.end);
}

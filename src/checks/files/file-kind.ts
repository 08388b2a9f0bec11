import type { PathPattern } from '#artifact/index.ts';
import { linesOf } from '#foundation/documents/index.ts';

/** How a file is read: what is in it decides further. */
export type FileKind = 'dockerfile' | 'yaml' | 'json';

const MAX_BYTES = 32 * 1024 * 1024;
/** Large JSON is data; only what looks like a manifest is read whole. */
const MAX_JSON_BYTES = 1024 * 1024 * 1024;
const SUFFIXES = ['.dockerfile', '.Dockerfile', '.containerfile', '.Containerfile', '.yaml', '.yml'];
const PREFIXES = ['Dockerfile', 'Containerfile', 'dockerfile', 'containerfile'];

export const checkedFiles: readonly PathPattern[] = [
  ...SUFFIXES.map((suffix) => ({ kind: 'suffix', suffix, maxBytes: MAX_BYTES }) as const),
  ...PREFIXES.map((prefix) => ({ kind: 'prefix', prefix, maxBytes: MAX_BYTES }) as const),
  { kind: 'suffix', suffix: '.json', maxBytes: MAX_JSON_BYTES },
];

/** `Dockerfile`, `Dockerfile.dev`, `web.dockerfile`. */
const DOCKERFILE = /^(?:docker|container)file(?:[.-][\w.-]{1,100})?$|\.(?:docker|container)file$/i;
/** Texts about one, and what editors leave behind. */
const NO_DOCKERFILE = /\.(?:md|markdown|rst|adoc|html?|dockerignore|lock|bak|orig|swp)$/i;
/** For that language, or a program in it: the content decides. */
const OF_A_LANGUAGE = /\.(?:json|ya?ml|toml|js|mjs|cjs|ts|tsx|py|go|rb|rs|java|php|sh|j2|tpl|tmpl|erb)$/i;
/** What others wrote and this project only downloaded. */
const FOREIGN = /(?:^|\/)node_modules\//;

/** Undefined for a file that nothing is asked about. `named-otherwise`: `Dockerfile.go` is one for Go, or a program about them; its content tells. */
export function fileKindOf(path: string): FileKind | 'named-otherwise' | undefined {
  if (FOREIGN.test(path)) return undefined;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/\.ya?ml$/i.test(name)) return 'yaml';
  if (/\.json$/i.test(name)) return 'json';
  if (!DOCKERFILE.test(name) || NO_DOCKERFILE.test(name)) return undefined;
  return OF_A_LANGUAGE.test(name) ? 'named-otherwise' : 'dockerfile';
}

const PROJECTS: ReadonlyMap<string, string> = new Map([
  ['Chart.yaml', 'a chart'],
  ['kustomization.yaml', 'a kustomization'],
  ['kustomization.yml', 'a kustomization'],
]);

/** What manifests are made from by another program: `a chart`. */
export function projectOf(path: string): string | undefined {
  return PROJECTS.get(path.slice(path.lastIndexOf('/') + 1));
}

/** Its first instruction is FROM, after comments and arguments. */
export function beginsAsDockerfile(text: string): boolean {
  for (const line of linesOf(text.slice(0, HEAD_CHARACTERS))) {
    const words = line.trim();
    if (words === '' || words.startsWith('#') || /^ARG\s/i.test(words)) continue;
    return /^FROM\s+\S/i.test(words);
  }
  return false;
}

const HEAD_CHARACTERS = 64 * 1024;

const COMPOSE_NAME = /^(?:docker-)?compose(?:[.-][\w.-]{1,100})?\.ya?ml$/i;

/** Whether a file that cannot be read as YAML is one that should have been checked, going by its name and its lines. */
export function isMeantForChecks(path: string, text: string): boolean {
  if (COMPOSE_NAME.test(path.slice(path.lastIndexOf('/') + 1))) return true;
  return (
    (/^apiVersion:/m.test(text) && /^kind:/m.test(text)) || /^services:\s{0,20}$/m.test(text) || isJsonManifest(text)
  );
}

/** Whether it is worth reading as YAML at all: both kinds of document say so in a member of the outermost mapping, written in whatever style. */
export function mayBeChecked(text: string): boolean {
  return /(?:^|[{,\s"'])(?:apiVersion|services)["']?\s{0,20}:/.test(text);
}

function isJsonManifest(text: string): boolean {
  return text.trimStart().startsWith('{') && /"apiVersion"\s{0,20}:/.test(text) && /"kind"\s{0,20}:/.test(text);
}

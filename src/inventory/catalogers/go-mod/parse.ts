import { linesOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type PackageRecord, type ParsedRecords, RecordCollector, reference } from '../records.ts';
import { type Directive, directivesOf } from './directives.ts';

/** `a => b v1`: the version is absent when every version of `a` is replaced, the target when a directory takes its place. */
export type Replacement = {
  readonly name: string;
  readonly version?: string;
  readonly by?: { readonly name: string; readonly version: string };
};

export interface GoMod extends ParsedRecords {
  readonly replacements: readonly Replacement[];
  readonly excluded: readonly string[];
  /** False before Go 1.17, when a `go.mod` did not list what is needed by way of others. */
  readonly isComplete: boolean;
}

/** The main module, what it requires after replacements, and the toolchain whose standard library goes into programs. */
export function parseGoMod(file: InputFile): GoMod {
  const collector = new RecordCollector(file, 'go-mod', 'go.mod file');
  const directives = [...directivesOf(file.text())];
  const replacements = directives.filter(isVerb('replace')).flatMap(({ words }) => replacementOf(words));
  const replace = replacer(replacements);
  const excluded = directives
    .filter(isVerb('exclude'))
    .map(({ words: [name = '', version = ''] }) => key(name, version));
  const left = new Set(excluded);
  const required = directives
    .filter(isVerb('require'))
    .flatMap((directive) => requirementOf(directive, replace, left, collector));
  const direct = required.filter(({ relation }) => relation === 'direct').map(reference);
  const name = directives.find(isVerb('module'))?.words[0];
  if (name !== undefined) collector.add({ name, version: '', relation: 'root', dependencies: direct });
  else if (required.length > 0) collector.problem('module-unnamed', UNNAMED, 'note');
  else collector.unreadable('names no module');
  for (const record of [...required, ...toolchain(directives)]) collector.add(record);
  return { ...collector.result(), replacements, excluded, isComplete: isPruned(directives) };
}

const UNNAMED = 'A go.mod file does not name its module; what it requires is listed all the same.';

function isVerb(verb: string): (directive: Directive) => boolean {
  return (directive) => directive.verb === verb;
}

function key(name: string, version: string): string {
  return `${name}@${version}`;
}

function replacementOf(words: readonly string[]): Replacement[] {
  const arrow = words.indexOf('=>');
  const [name, version] = words.slice(0, arrow);
  const [target, targetVersion] = words.slice(arrow + 1);
  if (arrow < 1 || name === undefined || target === undefined) return [];
  return [
    {
      name,
      ...(version !== undefined && { version }),
      ...(targetVersion !== undefined && { by: { name: target, version: targetVersion } }),
    },
  ];
}

function requirementOf(
  { words: [name = '', version = ''], comment }: Directive,
  replace: Replacer,
  excluded: ReadonlySet<string>,
  collector: RecordCollector,
): PackageRecord[] {
  if (name === '' || version === '') collector.unusable(name);
  if (name === '' || version === '' || excluded.has(key(name, version))) return [];
  const built = replace({ name, version });
  if (built === undefined) {
    collector.problem('replaced-by-directory', REPLACED, 'note', name);
    return [];
  }
  return [{ ...built, relation: /^indirect\b/.test(comment) ? 'transitive' : 'direct' }];
}

const REPLACED = 'A Go module is replaced by a directory, whose version is not known; it is not listed.';

type Module = { readonly name: string; readonly version: string };
type Replacer = (module: Module) => Module | undefined;

/** What is built instead of a module; undefined when a directory is. A replacement of its version goes before one of all versions. */
export function replacer(replacements: readonly Replacement[]): Replacer {
  const keyed = replacements.map(
    (item) => [item.version === undefined ? item.name : key(item.name, item.version), item] as const,
  );
  const known = new Map(keyed);
  return (module) => {
    const replacement = known.get(key(module.name, module.version)) ?? known.get(module.name);
    return replacement === undefined ? module : replacement.by;
  };
}

function toolchain(directives: readonly Directive[]): PackageRecord[] {
  const version = directives.find(isVerb('toolchain'))?.words[0] ?? '';
  return /^go\d/.test(version) ? [{ name: 'stdlib', version, relation: 'direct' }] : [];
}

function isPruned(directives: readonly Directive[]): boolean {
  const [, major = '1', minor = '0'] = /^(\d+)\.(\d+)/.exec(directives.find(isVerb('go'))?.words[0] ?? '') ?? [];
  return Number(major) > 1 || Number(minor) >= 17;
}

/** Which modules are worked on together, as directories, and what is built instead of what they require. */
export type GoWork = {
  readonly uses: readonly string[];
  readonly replacements: readonly Replacement[];
};

const MAX_USES = 10_000;

export function parseGoWork(file: InputFile): GoWork {
  const directives = [...directivesOf(file.text())];
  return {
    uses: directives
      .filter(isVerb('use'))
      .flatMap(({ words: [directory = ''] }) => (/^[^/\0]/.test(directory) ? [directory] : []))
      .slice(0, MAX_USES),
    replacements: directives.filter(isVerb('replace')).flatMap(({ words }) => replacementOf(words)),
  };
}

/**
 * `go.sum` has checksums of every version of a module that was looked at, in ascending order; the highest is the one that
 * is built (https://go.dev/ref/mod#go-sum-files).
 */
export function parseGoSum(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'go-mod', 'go.sum file');
  const versions = new Map<string, string>();
  for (const line of linesOf(file.text())) {
    const [name = '', version = '', sum = ''] = line.trim().split(/\s+/, 3);
    if (name === '') continue;
    if (!sum.startsWith('h1:')) collector.problem('sum-line-unreadable', UNREADABLE, 'incomplete');
    else versions.set(name, version.replace(/\/go\.mod$/, ''));
  }
  for (const [name, version] of versions) collector.add({ name, version });
  return collector.result();
}

const UNREADABLE = 'A line of a go.sum file could not be read and was left out.';

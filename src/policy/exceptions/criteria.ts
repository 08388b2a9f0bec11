import { err, ok, type Result } from '#foundation/index.ts';
import { globPattern, hasWildcards } from '#foundation/patterns/index.ts';
import { parsePackageUrl } from '#model/index.ts';
import { purlCovers } from '#vulnerability/index.ts';
import type { Subject } from '../subject.ts';
import type { Criterion } from './exception.ts';

/** Ids are written in either case: `cve-2024-1` means CVE-2024-1. */
export function idCriterion(globs: readonly string[]): Result<Criterion> {
  const patterns = eachPattern(globs.map((glob) => glob.toLowerCase()));
  if (!patterns.ok) return patterns;
  return ok(({ ids }) => ids.some((id) => patterns.value.some((pattern) => pattern.matches(id.toLowerCase()))));
}

/** Lower-case ids when none has a wildcard. */
export function exactIds(globs: readonly string[]): readonly string[] | undefined {
  return globs.length > 0 && !globs.some(hasWildcards) ? globs.map((glob) => glob.toLowerCase()) : undefined;
}

/** Each a package URL, with or without version and qualifiers, a glob for package URLs, or a glob for names of packages and sources. */
export function packageCriterion(globs: readonly string[]): Result<Criterion> {
  const criteria: Criterion[] = [];
  for (const glob of globs) {
    const criterion = glob.startsWith('pkg:') ? purlCriterion(glob) : nameCriterion(glob);
    if (!criterion.ok) return criterion;
    criteria.push(criterion.value);
  }
  return ok((subject) => criteria.some((holds) => holds(subject)));
}

function nameCriterion(glob: string): Result<Criterion> {
  const pattern = globPattern(glob);
  if (!pattern.ok) return err(`${JSON.stringify(glob)} ${pattern.error}`);
  return ok(({ package: owner }) => namesOf(owner).some((name) => pattern.value.matches(name)));
}

function namesOf(owner: Subject['package']): readonly string[] {
  return owner === undefined ? [] : [owner.name, ...(owner.source ? [owner.source.name] : [])];
}

export function purlCriterion(text: string): Result<Criterion> {
  if (hasWildcards(withoutQualifiers(text))) {
    const pattern = globPattern(text);
    if (!pattern.ok) return err(`${JSON.stringify(text)} ${pattern.error}`);
    return ok(({ package: owner }) =>
      owner === undefined
        ? false
        : [owner.purl, withoutQualifiers(owner.purl)].some((purl) => pattern.value.matches(purl)),
    );
  }
  const written = parsePackageUrl(text);
  if (!written.ok) return written;
  return ok(({ package: owner }) => {
    const actual = owner && parsePackageUrl(owner.purl);
    return actual?.ok === true && purlCovers(written.value, actual.value);
  });
}

function withoutQualifiers(purl: string): string {
  const end = purl.search(/[?#]/);
  return end === -1 ? purl : purl.slice(0, end);
}

/** Globs for paths inside of the artifact, with or without a slash or `./` before them. */
export function pathCriterion(globs: readonly string[]): Result<Criterion> {
  const patterns = eachPattern(globs.map((glob) => glob.replace(/^(?:\.?\/)+/, '')));
  if (!patterns.ok) return patterns;
  return ok(({ locations }) => locations.some(({ path }) => patterns.value.some((pattern) => pattern.matches(path))));
}

/** Globs for objects of manifests: `Deployment/web`, `Deployment/shop/web`; the namespace may be left out. */
export function objectCriterion(globs: readonly string[]): Result<Criterion> {
  const patterns = eachPattern(globs);
  if (!patterns.ok) return patterns;
  return ok(({ resource }) => {
    const names = resource === undefined ? [] : objectNames(resource);
    return patterns.value.some((pattern) => names.some((name) => pattern.matches(name)));
  });
}

function objectNames({ kind, name }: NonNullable<Subject['resource']>): string[] {
  const short = kind.split('/').at(-1) ?? kind;
  return [`${short}/${name}`, `${short}/${name.split('/').at(-1) ?? name}`];
}

export function kindCriterion(kind: string): Criterion {
  return (subject) => subject.kind === kind;
}

function eachPattern(globs: readonly string[]) {
  const patterns = [];
  for (const glob of globs) {
    const pattern = globPattern(glob);
    if (!pattern.ok) return err(`${JSON.stringify(glob)} ${pattern.error}`);
    patterns.push(pattern.value);
  }
  return ok(patterns);
}

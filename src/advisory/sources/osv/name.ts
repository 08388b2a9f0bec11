import { type PackageUrl, parsePackageUrl } from '#model/index.ts';
import { asName, asObject, asText, type JsonObject } from '../../documents/json-values.ts';
import { findOsvEcosystem, type OsvEcosystem, osvEcosystems, readOsvEcosystem } from './ecosystems/index.ts';
import { repositoryOf } from './git-ranges.ts';
import type { Remark } from './remark.ts';

/** What an entry of `affected` is about. */
export interface Named {
  readonly ecosystem: OsvEcosystem;
  readonly key: string;
  readonly name: string;
}

/**
 * By ecosystem and name, as the schema wants it; by package URL where a publisher gives no more; and by repository where an
 * entry names no package, as those of the curl project and of Python do.
 */
export function nameAffected(part: JsonObject, only: string | undefined): Named | Remark {
  const given = asObject(part['package']);
  if (given === undefined) return nameProduct(part, only);
  const name = asName(given['name']);
  const ecosystemText = asText(given['ecosystem']);
  if (name === undefined || ecosystemText === undefined) return nameFromPurl(asText(given['purl']), only);
  const known = readOsvEcosystem(ecosystemText);
  if (only !== undefined && known?.ecosystem.name !== only) return 'other-ecosystem';
  return known === undefined ? 'unknown-ecosystem' : { ...known, name };
}

function nameProduct(part: JsonObject, only: string | undefined): Named | Remark {
  const ecosystem = only === undefined ? undefined : findOsvEcosystem(only);
  const name = ecosystem?.productOf?.(repositoryOf(part));
  return ecosystem === undefined || name === undefined ? 'no-package' : { ecosystem, key: ecosystem.key(''), name };
}

function nameFromPurl(text: string | undefined, only: string | undefined): Named | Remark {
  const purl = text === undefined ? undefined : parsePackageUrl(text);
  if (!purl?.ok) return 'no-package';
  const { type } = purl.value;
  const ecosystem = osvEcosystems.find(({ wholeKey }) => wholeKey === type);
  if (ecosystem === undefined) return 'no-package';
  if (only !== undefined && ecosystem.name !== only) return 'other-ecosystem';
  return { ecosystem, key: ecosystem.key(''), name: nameIn(purl.value) };
}

function nameIn({ type, namespace, name }: PackageUrl): string {
  if (namespace === undefined) return name;
  return `${namespace}${type === 'maven' ? ':' : '/'}${name}`;
}

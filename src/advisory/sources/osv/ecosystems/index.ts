import { distributionEcosystems } from './distributions.ts';
import { languageEcosystems } from './languages.ts';
import type { OsvEcosystem } from './osv-ecosystem.ts';
import { productEcosystems } from './products.ts';

export type { OsvEcosystem } from './osv-ecosystem.ts';

export const osvEcosystems: readonly OsvEcosystem[] = [
  ...distributionEcosystems,
  ...languageEcosystems,
  ...productEcosystems,
];

const byName = new Map(osvEcosystems.map((ecosystem) => [ecosystem.name.toLowerCase(), ecosystem]));

export function findOsvEcosystem(name: string): OsvEcosystem | undefined {
  return byName.get(name.toLowerCase());
}

/** Reads `Debian:12`. Some publishers write the name in other case than the schema (`kubernetes`); it can mean nothing else. */
export function readOsvEcosystem(text: string): { ecosystem: OsvEcosystem; key: string } | undefined {
  const colon = text.indexOf(':');
  const name = colon < 0 ? text : text.slice(0, colon);
  const ecosystem = byName.get(name.toLowerCase());
  return ecosystem && { ecosystem, key: ecosystem.key(colon < 0 ? '' : text.slice(colon + 1)) };
}

/** The key of an ecosystem as OSV writes it (`Bitnami`, `PyPI`); a name that it does not know is a key already. */
export function osvEcosystemKey(text: string): string {
  return readOsvEcosystem(text)?.key ?? text.toLowerCase();
}

import type { FilePattern, InputFile } from '../../cataloger.ts';
import { javaRelease } from '../jvm-release/parse.ts';
import { type PackageRecord, type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';
import { goVariable } from './go-variable.ts';
import { isLookedForIn, type Product } from './product.ts';
import { productData, products } from './products.ts';
import { findVersions } from './search.ts';

const maxBytes = 512 * 1024 * 1024;

/**
 * Programs that were copied into an image by hand, by marks in their content that name their version. Those that a package
 * manager installed are found here too, and left out of the inventory again for its record.
 */
export const binaryProduct = recordCataloger({
  id: 'binary-product',
  title: 'Well-known programs by the version that is written in them',
  references: ['https://github.com/bitnami/vulndb', 'https://nvd.nist.gov/products/cpe'],
  maturity: 'incubating',
  type: 'generic',
  evidence: 'installed',
  revision: 1,
  files: wantedFiles(),
  parse: parseProgram,
});

function wantedFiles(): FilePattern[] {
  const patterns = new Map<string, FilePattern>();
  for (const { name, prefix } of productData.flatMap(({ files }) => files)) {
    if (name !== undefined) patterns.set(`name ${name}`, { kind: 'name', name, maxBytes });
    if (prefix !== undefined) patterns.set(`prefix ${prefix}`, { kind: 'prefix', prefix, maxBytes });
  }
  return [...patterns.values()];
}

export function parseProgram(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'binary-product', 'program');
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const candidates = products().filter((product) => isLookedForIn(product, name));
  const found = findVersions(file, candidates);
  for (const product of candidates) {
    const version = product.isGoVariable && !found.has(product) ? goVariable(file) : undefined;
    if (version !== undefined) found.set(product, version);
  }
  const replaced = new Set([...found.keys()].flatMap(({ data }) => data.insteadOf ?? []));
  for (const [product, version] of found) if (!replaced.has(product.data.id)) collector.add(toRecord(product, version));
  return collector.result();
}

function toRecord({ data: { package: described } }: Product, written: string): PackageRecord {
  const { name, cpe, bitnami, releases } = described;
  const version = releases === 'java' ? javaRelease(written) : written;
  return {
    name,
    version,
    ...(cpe !== undefined && { cpes: [`cpe:2.3:a:${cpe}:${forCpe(version)}:*:*:*:*:*:*:*`] }),
    ...(bitnami !== undefined && { advisoryNames: [{ ecosystem: 'Bitnami', name: bitnami }] }),
  };
}

/** What is no letter, digit, `.`, `_` or `-` is quoted in names of CPE 2.3. */
function forCpe(version: string): string {
  return version.replace(/[^\w.-]/g, '\\$&');
}

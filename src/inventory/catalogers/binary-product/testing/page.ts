import type { ProductData } from '../product.ts';
import { productFamilies } from '../products.ts';

const HEAD = `# Programs recognised by their content

Generated from \`content/binaries\`. Programs that no package manager installed are recognised by a version that is written in
them, in files of certain names. One that a system package or a Bitnami package brought is left to that package's record.

They are listed as packages of the type \`generic\` with their name in the Common Platform Enumeration; where the
[Bitnami vulnerability database](https://github.com/bitnami/vulndb) knows the product, its advisories are matched.

**Seen in** says on what a product was tried: versions of whole programs of distributions and registries; versions of excerpts
of real programs; or *made examples only*. Versions other than those may be written differently and then are not recognised.

Not recognised: programs that were packed (UPX); Go programs whose version stands among other texts and not in a variable of its
own (Vault from 1.12 on, Elastic Beats in part), of which the Go modules are listed all the same; builds of Envoy whose version
has other neighbours than those that are known; programs under another file name.
`;

/** The reference page. */
export function binariesPage(): string {
  const families = productFamilies.map(({ title, products }) => `\n## ${title}\n\n${table(products)}`);
  const count = productFamilies.reduce((sum, { products }) => sum + products.length, 0);
  return `${HEAD}\n${count} products.\n${families.join('')}`;
}

function table(products: readonly ProductData[]): string {
  const rows = products.map(
    ({ title, files, package: { name, cpe, bitnami }, seen }) =>
      `| ${title} | ${files.map(fileName).join(', ')} | \`${name}\` | ${bitnami ? `\`${bitnami}\`` : '–'} | ${cpe ? `\`${cpe}\`` : '–'} | ${seenIn(seen)} |`,
  );
  const head = '| product | files | package | Bitnami | CPE | seen in |\n|---|---|---|---|---|---|\n';
  return `${head}${rows.join('\n')}\n`;
}

function fileName({ name, prefix }: ProductData['files'][number]): string {
  return name === undefined ? `\`${prefix}…\`` : `\`${name}\``;
}

function seenIn({ whole, excerpt }: ProductData['seen']): string {
  const parts = [
    ...(whole.length > 0 ? [`programs: ${whole.join(', ')}`] : []),
    ...(excerpt.length > 0 ? [`excerpts: ${excerpt.join(', ')}`] : []),
  ];
  return parts.join('; ') || 'made examples only';
}

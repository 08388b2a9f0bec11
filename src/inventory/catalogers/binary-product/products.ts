import databases from '../../../../content/binaries/databases.json' with { type: 'json' };
import languages from '../../../../content/binaries/languages.json' with { type: 'json' };
import platforms from '../../../../content/binaries/platforms.json' with { type: 'json' };
import servers from '../../../../content/binaries/servers.json' with { type: 'json' };
import tools from '../../../../content/binaries/tools.json' with { type: 'json' };
import { type Product, type ProductData, toProduct } from './product.ts';

export interface ProductFamily {
  readonly title: string;
  readonly products: readonly ProductData[];
}

export const productFamilies: readonly ProductFamily[] = [languages, servers, databases, platforms, tools];

export const productData: readonly ProductData[] = productFamilies.flatMap(({ products }) => products);

/** Made when the first file is read; most scans of a directory never read one. */
export function products(): readonly Product[] {
  made ??= productData.map(toProduct);
  return made;
}

let made: readonly Product[] | undefined;

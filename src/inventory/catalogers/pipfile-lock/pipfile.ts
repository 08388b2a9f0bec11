import { entriesOf, parseToml } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import type { Asked, AskedName } from '../manifest.ts';

const OTHER_TABLES = new Set(['source', 'requires', 'pipenv', 'scripts', 'packages', 'dev-packages']);

/** Tables of packages by category; those of the user's own naming are installed when asked for. */
export function parsePipfile(file: InputFile): Asked | undefined {
  const document = parseToml(file);
  if (!document.ok) return undefined;
  const tables = new Map(entriesOf(document.value));
  const names = (table: unknown) => entriesOf(table).map(([name]): AskedName => [name, '']);
  return {
    runtime: names(tables.get('packages')),
    optional: [...tables].filter(([category]) => !OTHER_TABLES.has(category)).flatMap(([, table]) => names(table)),
    development: names(tables.get('dev-packages')),
  };
}

import type { VulnerablePart } from '../../advisory.ts';
import { asName, asObject, asObjects, asTexts, type JsonObject } from '../../documents/json-values.ts';

const MAX_IMPORTS = 1000;
const MAX_SYMBOLS = 5000;

/**
 * The Go packages and symbols that hold a vulnerability: https://go.dev/doc/security/vuln/database#schema. None where one of
 * the entries cannot be read, since what is left would then clear binaries that it should not.
 */
export function partsOf(part: JsonObject): readonly VulnerablePart[] {
  const imports = asObjects(asObject(part['ecosystem_specific'])?.['imports'], MAX_IMPORTS);
  const parts = imports.flatMap(parsePart);
  return parts.length === imports.length && imports.length < MAX_IMPORTS ? parts : [];
}

function parsePart(item: JsonObject): VulnerablePart[] {
  const path = asName(item['path']);
  const symbols = asTexts(item['symbols'], MAX_SYMBOLS);
  if (path === undefined || !areReadable(symbols, item['symbols'])) return [];
  const systems = asTexts(item['goos'], 100);
  const architectures = asTexts(item['goarch'], 100);
  return [
    {
      path,
      symbols,
      ...(systems.length === 0 ? {} : { systems }),
      ...(architectures.length === 0 ? {} : { architectures }),
    },
  ];
}

function areReadable(symbols: readonly string[], given: unknown): boolean {
  const count = Array.isArray(given) ? given.length : 0;
  return symbols.length === count && symbols.every((symbol) => asName(symbol) !== undefined && !symbol.includes(' '));
}

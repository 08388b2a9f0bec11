import assert from 'node:assert/strict';
import { type Cataloger, catalogers, type Json } from '#inventory/index.ts';
import { inputFile } from '../kit/input-file.ts';
import { checkProblems } from './rules.ts';

export interface Catalogued {
  readonly records: readonly { readonly name: string }[];
  /** How many things were said to be lost or odd. */
  readonly said: number;
}

/** Reads the file as the engine has it read, and checks what every cataloger promises. */
export function catalog(id: string, path: string, bytes: Uint8Array): Catalogued {
  const cataloger: Cataloger | undefined = catalogers.find((one) => one.id === id);
  assert.ok(cataloger, id);
  const { fragment, problems } = cataloger.read(inputFile(path, bytes));
  checkProblems(problems);
  const said = problems.reduce((sum, { count = 1 }) => sum + count, 0);
  if (fragment === undefined) return { records: [], said };
  const kept: Json = JSON.parse(JSON.stringify(fragment));
  assert.deepEqual(kept, fragment, 'a fragment survives the cache');
  const layers = [{ path, fragment: kept, layer: 1, older: [{ fragment: kept, layer: 0 }] }];
  const assembly = cataloger.assemble(layers, {});
  checkProblems(assembly.problems);
  for (const { package: found, layer } of assembly.packages) {
    assert.ok(found.name !== '' && found.type !== undefined, 'a package has a name');
    assert.ok(layer === 0 || layer === 1, 'a package belongs to a layer that has it');
  }
  return { records: recordsIn(kept), said: said + assembly.problems.length };
}

function recordsIn(fragment: Json): { name: string }[] {
  if (fragment === null || typeof fragment !== 'object') return [];
  const records = Reflect.get(fragment, 'records') ?? Reflect.get(fragment, 'packages');
  return Array.isArray(records) ? records : [];
}

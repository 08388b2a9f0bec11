import type { Assembly, Cataloger, VisibleFragment } from '../../cataloger.ts';
import { type RecordsFragment, recordCataloger } from '../records.ts';
import { parseSwitch } from './parse.ts';

const records = recordCataloger({
  id: 'opam-switch',
  title: 'OCaml packages in opam switches',
  references: ['https://opam.ocaml.org/doc/Manual.html#Switches', 'https://opam.ocaml.org/doc/Manual.html#opam'],
  maturity: 'stable',
  type: 'opam',
  evidence: 'installed',
  revision: 1,
  files: [
    { kind: 'name', name: 'opam', maxBytes: 64 * 1024 * 1024 },
    { kind: 'suffix', suffix: '.opam-switch/switch-state', maxBytes: 16 * 1024 * 1024 },
  ],
  parse: parseSwitch,
});

/** OCaml packages that opam installed, in each of its switches. */
export const opamSwitch: Cataloger<RecordsFragment> = { ...records, assemble };

type Found = Assembly['packages'][number];

/** The description of a package and its line in the state of its switch are one package; either may be missing. */
function assemble(fragments: readonly VisibleFragment<RecordsFragment>[]): Assembly {
  const { packages, problems } = records.assemble(fragments, {});
  const joined = new Map<string, Found>();
  for (const found of packages) {
    const key = identity(found);
    const known = joined.get(key);
    // Descriptions come before the state, by path.
    const relation = found.package.relation;
    joined.set(key, known ? { ...known, package: { ...known.package, ...(relation && { relation }) } } : found);
  }
  return { packages: [...joined.values()], problems };
}

function identity({ path, package: { name, version } }: Found): string {
  return [path.slice(0, path.lastIndexOf('.opam-switch/')), name, version].join('\0');
}

import { type Assembly, type Cataloger, introducedIn, type VisibleFragment } from '../../cataloger.ts';
import { toPackage } from '../records.ts';
import { isTelling, parseStorePath } from './parse.ts';

/** That the file is there: its path tells the rest. */
type NixFragment = true;

/**
 * Packages in the Nix store by the names of their directories. Images that Nix builds have no other record: the database of the
 * store is left out of most, and derivations tell how something was built, not that it is there.
 */
export const nixStore: Cataloger<NixFragment> = {
  id: 'nix-store',
  title: 'Packages in the Nix store by its paths',
  references: [
    'https://nix.dev/manual/nix/latest/store/store-path',
    'https://nix.dev/manual/nix/latest/language/builtins.html#builtins-parseDrvName',
  ],
  maturity: 'stable',
  type: 'nix',
  evidence: 'installed',
  revision: 1,
  files: [
    {
      kind: 'content',
      is: ['elf', 'pe', 'mach-o', 'script', 'text', 'archive', 'binary'],
      under: 'nix/store',
      maxBytes: 1024 ** 3,
    },
  ],
  read: ({ path, size }) => {
    const isSign = size > 0 && isTelling(path) && parseStorePath(path) !== undefined;
    return isSign ? { fragment: true, problems: [] } : { problems: [] };
  },
  assemble,
};

/** The outputs of a package (`-dev`, `-doc`) and several builds of one version are one package. */
function assemble(fragments: readonly VisibleFragment<NixFragment>[]): Assembly {
  const packages = new Map<string, Assembly['packages'][number]>();
  for (const visible of fragments) {
    const found = parseStorePath(visible.path);
    if (found === undefined) continue;
    const { name, version, path } = found;
    const key = `${name}\0${version}`;
    const known = packages.get(key);
    const layer = introducedIn(visible, () => true);
    if (known !== undefined && known.layer <= layer) continue;
    packages.set(key, { package: toPackage({ name, version }, 'nix'), path: known?.path ?? path, layer });
  }
  return { packages: [...packages.values()], problems: [] };
}

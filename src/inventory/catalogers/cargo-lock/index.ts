import type { Assembly, Cataloger, InputFile, Reading, VisibleFragment } from '../../cataloger.ts';
import { attribution, recordKey } from '../attribution.ts';
import { directoryOf, nearest } from '../manifest.ts';
import { isInsideOf } from '../places.ts';
import type { RecordsFragment } from '../records.ts';
import { type CrateManifest, parseCargoManifest, withScopes } from './manifest.ts';
import { parseCargoLock } from './parse.ts';

type CargoFragment = RecordsFragment & { readonly manifest?: CrateManifest };

/** What Cargo resolved for a workspace: for every system and feature, tests included. Its manifests tell what for. */
export const cargoLock: Cataloger<CargoFragment> = {
  id: 'cargo-lock',
  title: 'Rust crates in Cargo.lock, versions 1 to 4',
  references: [
    'https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html',
    'https://github.com/rust-lang/cargo/blob/master/src/cargo/core/resolver/encode.rs',
  ],
  maturity: 'stable',
  type: 'cargo',
  evidence: 'declared',
  revision: 2,
  files: [
    { kind: 'name', name: 'Cargo.lock', maxBytes: 32 * 1024 * 1024 },
    { kind: 'name', name: 'Cargo.toml', maxBytes: 4 * 1024 * 1024 },
  ],
  read,
  assemble,
};

/** In the registry's folder lie the files of crates that were downloaded. */
function read(file: InputFile): Reading<CargoFragment> {
  if (file.size === 0 || isInsideOf(file.path, '.cargo/registry', 'cargo/registry')) return { problems: [] };
  if (file.path.endsWith('Cargo.toml')) {
    const manifest = parseCargoManifest(file);
    return manifest === undefined ? { problems: [] } : { fragment: { packages: [], manifest }, problems: [] };
  }
  const { packages, problems } = parseCargoLock(file);
  return packages.length > 0 ? { fragment: { packages }, problems } : { problems };
}

function assemble(fragments: readonly VisibleFragment<CargoFragment>[]): Assembly {
  const locks = fragments.filter(({ fragment }) => fragment.manifest === undefined);
  const manifests = manifestsByLock(fragments, new Set(locks.map(({ path }) => directoryOf(path))));
  const layerOf = attribution<CargoFragment>(({ packages }) => packages.map(recordKey));
  const packages = locks.flatMap((visible) =>
    withScopes(visible.fragment.packages, manifests.get(directoryOf(visible.path)) ?? []).map((record) => ({
      package: { type: 'cargo' as const, licences: [], ...record },
      path: visible.path,
      layer: layerOf(visible, recordKey(record)),
    })),
  );
  return { packages, problems: [] };
}

/** A crate belongs to the next lock file above it. */
function manifestsByLock(
  fragments: readonly VisibleFragment<CargoFragment>[],
  locked: ReadonlySet<string>,
): ReadonlyMap<string, CrateManifest[]> {
  const found = new Map<string, CrateManifest[]>();
  for (const { path, fragment } of fragments) {
    const lock = fragment.manifest && nearest(directoryOf(path), locked);
    if (lock === undefined || fragment.manifest === undefined) continue;
    const known = found.get(lock);
    if (known) known.push(fragment.manifest);
    else found.set(lock, [fragment.manifest]);
  }
  return found;
}

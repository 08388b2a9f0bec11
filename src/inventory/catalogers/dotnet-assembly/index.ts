import type { Assembly, Cataloger, InputFile, Reading, VisibleFragment } from '../../cataloger.ts';
import { attribution } from '../attribution.ts';
import { type AssemblyFragment, parseAssembly, parseManifest } from './parse.ts';

const maxBytes = 512 * 1024 * 1024;

/**
 * .NET assemblies that no `*.deps.json` beside or above them speaks of: applications for .NET Framework and Mono, plug-ins,
 * PowerShell modules. Native programs for Windows are left out: no advisories are keyed by what their version resource says.
 */
export const dotnetAssembly: Cataloger<AssemblyFragment> = {
  id: 'dotnet-assembly',
  title: 'Assemblies of .NET that no dependency manifest names',
  references: [
    'https://ecma-international.org/publications-and-standards/standards/ecma-335/',
    'https://learn.microsoft.com/windows/win32/menurc/versioninfo-resource',
  ],
  maturity: 'incubating',
  type: 'nuget',
  evidence: 'installed',
  revision: 1,
  files: [
    { kind: 'suffix', suffix: '.dll', maxBytes },
    { kind: 'suffix', suffix: '.exe', maxBytes },
    { kind: 'suffix', suffix: '.deps.json', maxBytes: 64 * 1024 * 1024 },
  ],
  read,
  assemble,
};

function read(file: InputFile): Reading<AssemblyFragment> {
  if (file.size === 0) return { problems: [] };
  const { fragment, problems } = file.path.endsWith('.deps.json') ? parseManifest(file) : parseAssembly(file);
  return fragment === undefined ? { problems } : { fragment, problems };
}

function assemble(fragments: readonly VisibleFragment<AssemblyFragment>[]): Assembly {
  const manifests = manifestsByDirectory(fragments);
  const layerOf = attribution<AssemblyFragment>((fragment) => ('name' in fragment ? [keyOf(fragment)] : []));
  const packages = fragments.flatMap((visible) => {
    const { fragment, path } = visible;
    if (!('name' in fragment) || isNamed(path, fragment.name, manifests)) return [];
    const { name, version, vendor } = fragment;
    const found = { type: 'nuget' as const, name, version, licences: [], ...(vendor !== undefined && { vendor }) };
    return [{ package: found, path, layer: layerOf(visible, keyOf(fragment)) }];
  });
  return { packages, problems: [] };
}

function keyOf({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name}\0${version}`;
}

/** What the manifests of a directory name, in lower case. */
function manifestsByDirectory(fragments: readonly VisibleFragment<AssemblyFragment>[]): Map<string, Set<string>> {
  const byDirectory = new Map<string, Set<string>>();
  for (const { path, fragment } of fragments) {
    if ('name' in fragment) continue;
    const directory = directoryOf(path);
    const names = byDirectory.get(directory) ?? new Set();
    for (const name of fragment.names) names.add(name.toLowerCase());
    byDirectory.set(directory, names);
  }
  return byDirectory;
}

/** By a manifest of its directory or of one above, as for the translations and native parts below an application. */
function isNamed(path: string, assembly: string, manifests: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  for (let directory = directoryOf(path); ; directory = directoryOf(directory)) {
    if (manifests.get(directory)?.has(assembly.toLowerCase())) return true;
    if (directory === '') return false;
  }
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

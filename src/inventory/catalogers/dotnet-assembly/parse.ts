import { entriesOf, memberOf, parseJson } from '#foundation/documents/index.ts';
import { assemblyOf, type VersionStrings, versionStrings } from '#foundation/executables/index.ts';
import type { Problem } from '#foundation/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { executablesIn } from '../executable-file.ts';
import { isUsable } from '../records.ts';

export type AssemblyFragment =
  | { readonly name: string; readonly version: string; readonly vendor?: string }
  /** Of a manifest: the names of the assemblies and libraries that it speaks of. */
  | { readonly names: readonly string[] };

interface Parsed {
  readonly fragment?: AssemblyFragment;
  readonly problems: readonly Problem[];
}

const MAX_NAMES = 100_000;
const MAX_VENDOR = 200;

/** Only what was compiled against, never loaded, lies there; and texts in other languages. */
const NOT_CODE = /(?:^|\/)ref\/|\.resources\.dll$/i;

/** An assembly without a version is one that only redirects to another, or was never published. */
export function parseAssembly(file: InputFile): Parsed {
  const opened = NOT_CODE.test(file.path) ? undefined : executablesIn(file);
  const pe = opened?.ok === true ? opened.value[0] : undefined;
  const assembly = pe?.format === 'pe' ? assemblyOf(pe) : undefined;
  if (pe?.format !== 'pe' || assembly === undefined || assembly.version === '0.0.0.0') return { problems: [] };
  const strings = versionStrings(pe);
  const found = { name: assembly.name, version: packageVersion(strings) ?? assembly.version };
  if (!isUsable(found)) return { problems: [unusable(file)] };
  const vendor = strings.get('CompanyName')?.slice(0, MAX_VENDOR);
  return { fragment: vendor === undefined ? found : { ...found, vendor }, problems: [] };
}

/** The product version is mostly that of the package, with the commit after a `+`; the file version often has a build number more. */
function packageVersion(strings: VersionStrings): string | undefined {
  for (const member of ['ProductVersion', 'FileVersion']) {
    const version = /^v?(\d{1,9}(?:\.\d{1,9}){1,3}(?:-[0-9A-Za-z.-]{1,100})?)(?:\+|\s|$)/.exec(
      strings.get(member) ?? '',
    );
    if (version?.[1] !== undefined) return version[1];
  }
  return undefined;
}

function unusable({ path }: InputFile): Problem {
  return {
    code: 'dotnet-assembly-unusable',
    message: 'The metadata of a .NET assembly has no usable name or version; it was left out.',
    effect: 'incomplete',
    subject: path,
  };
}

/** A manifest that cannot be read is the business of who reads its packages. */
export function parseManifest(file: InputFile): Parsed {
  const document = parseJson(file);
  if (!document.ok) return { problems: [] };
  const names = new Set<string>();
  for (const [library] of entriesOf(memberOf(document.value, 'libraries'))) add(names, library.split('/', 1)[0] ?? '');
  for (const [, target] of entriesOf(memberOf(document.value, 'targets'))) {
    for (const [, library] of entriesOf(target)) {
      for (const kind of ['runtime', 'runtimeTargets', 'native'])
        for (const [path] of entriesOf(memberOf(library, kind))) add(names, assemblyNamed(path));
    }
  }
  return names.size === 0 ? { problems: [] } : { fragment: { names: [...names] }, problems: [] };
}

function add(names: Set<string>, name: string): void {
  if (name !== '' && names.size < MAX_NAMES) names.add(name);
}

function assemblyNamed(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.(?:dll|exe)$/i, '');
}

import { asMembers, asText, type Members, parseJson } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { licencesOf } from '../npm-licence.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

const NOTHING: ParsedRecords = { packages: [], problems: [] };

/**
 * Reads one `package.json`. Only those in the place of a package count: packages carry many more, to mark a folder as a
 * module or as fixtures of their tests, and of those in such a place the ones without a version are no packages either.
 */
export function parsePackageJson(file: InputFile): ParsedRecords {
  const place = placeOf(file.path);
  if (place === undefined) return NOTHING;
  const records = new RecordCollector(file, 'node-package', 'package.json');
  const document = parseJson(file);
  if (!document.ok) {
    // Beside packages only: an unpacked folder that may be anything is no record of a package that went missing.
    if (place.certain) records.unreadable(document.error);
    return records.result();
  }
  const manifest = asMembers(document.value);
  const version = asText(manifest?.['version'])?.trim();
  if (manifest === undefined || version === undefined || version === '') return NOTHING;
  const name = asText(manifest['name'])?.trim() || place.name;
  if (place.certain || isNamedAfter(place.name, name, version)) addRecord(records, name, version, manifest);
  return records.result();
}

function addRecord(records: RecordCollector, name: string, version: string, manifest: Members): void {
  const licences = licencesOf(manifest);
  records.add({ name, version: version.replace(/^[v=]+/, ''), licences });
}

interface Place {
  /** Name of the package as its folder has it. */
  readonly name: string;
  readonly certain: boolean;
}

/** Where Debian's nodejs looks for the modules of its packages: https://wiki.debian.org/Javascript/Nodejs/Manual */
const DEBIAN_PLACE =
  /^usr\/(?:share|lib(?:\/[a-z0-9_-]{1,40}-linux-gnu[a-z0-9]{0,10})?)\/nodejs\/(?:@[^/]{1,200}\/)?[^/]{1,200}\/package\.json$/;

/**
 * `node_modules/<name>/package.json`, a module of a Debian package, or a folder that may be a release unpacked by hand
 * (`opt/yarn-v1.22.22`).
 */
function placeOf(path: string): Place | undefined {
  const parts = path.split('/');
  const [above = '', scope = '', folder = '', file] = ['', '', '', ...parts].slice(-4);
  if (file !== 'package.json') return undefined;
  if (scope === 'node_modules') return { name: folder, certain: true };
  if (above === 'node_modules' && scope.startsWith('@')) return { name: `${scope}/${folder}`, certain: true };
  if (DEBIAN_PLACE.test(path)) return { name: scope.startsWith('@') ? `${scope}/${folder}` : folder, certain: true };
  return /-v?\d/.test(folder) ? { name: folder, certain: false } : undefined;
}

function isNamedAfter(folder: string, name: string, version: string): boolean {
  const bare = name.slice(name.lastIndexOf('/') + 1);
  return folder === `${bare}-${version}` || folder === `${bare}-v${version}`;
}

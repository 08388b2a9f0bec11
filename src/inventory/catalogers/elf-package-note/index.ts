import { asText, memberOf, parseJsonText } from '#foundation/documents/index.ts';
import { elfNotes, sectionNamed } from '#foundation/executables/index.ts';
import { type Package, type PackageType, packageType } from '#model/index.ts';
import type { Assembly, Cataloger, InputFile } from '../../cataloger.ts';
import { executablesIn } from '../executable-file.ts';
import { type ParsedRecords, RecordCollector, type RecordsFragment, recordCataloger } from '../records.ts';

const eachProgram = recordCataloger({
  id: 'elf-package-note',
  title: 'Packages that distributions name in the notes of their programs',
  references: ['https://uapi-group.org/specifications/specs/package_metadata_for_executable_files/'],
  maturity: 'stable',
  type: 'generic',
  evidence: 'installed',
  revision: 1,
  files: [{ kind: 'content', is: ['elf'], maxBytes: 1024 * 1024 * 1024 }],
  parse: parseNote,
});

/**
 * Distributions write into each program which of their packages it belongs to; it is all that is left when the package database
 * is not. A package of many programs is listed once, at the first of them.
 */
export const elfPackageNote: Cataloger<RecordsFragment> = {
  ...eachProgram,
  assemble: (fragments, context) => listedOnce(eachProgram.assemble(fragments, context)),
};

function listedOnce({ packages, problems }: Assembly): Assembly {
  const known = new Map<string, Assembly['packages'][number]>();
  for (const found of packages) {
    const identity = identityOf(found.package);
    if (!known.has(identity)) known.set(identity, found);
  }
  return { packages: [...known.values()], problems };
}

function identityOf({ type, name, version, architecture = '' }: Package): string {
  return [type, name, version, architecture].join('\0');
}

const OWNER = 'FDO';
const NOTE_TYPE = 0xcafe1a7e;
const MAX_NOTE = 16 * 1024;

export function parseNote(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'elf-package-note', 'program');
  const opened = executablesIn(file);
  const executable = opened.ok ? opened.value[0] : undefined;
  if (executable?.format !== 'elf' || executable.kind === 'object') return collector.result();
  if (executable.sections.length > 0 && sectionNamed(executable, '.note.package') === undefined)
    return collector.result();
  const note = elfNotes(executable).find(({ owner, type }) => owner === OWNER && type === NOTE_TYPE);
  if (note === undefined) return collector.result();
  const end = note.content.indexOf(0);
  const document = parseJsonText(note.content.toString('utf8', 0, Math.min(end === -1 ? MAX_NOTE : end, MAX_NOTE)));
  if (document.ok) addPackage(document.value, collector);
  else collector.unreadable(`names its package in a note that ${document.error}`);
  return collector.result();
}

function addPackage(note: unknown, collector: RecordCollector): void {
  const text = (member: string): string | undefined => asText(memberOf(note, member));
  const [name, version] = [text('name'), text('version')];
  if (name === undefined || version === undefined) {
    collector.unusable(name);
    return;
  }
  const architecture = text('architecture');
  const cpe = text('appCpe');
  collector.add({
    type: typeOf(text('type')),
    name,
    version,
    // The source package, of which there may be several binary ones.
    source: { name, version },
    ...(architecture !== undefined && { architecture }),
    ...(cpe !== undefined && /^cpe:[\x21-\x7e]{1,300}$/.test(cpe) && { cpes: [cpe] }),
  });
}

/** Arch Linux calls its packages by their ecosystem in package URLs and by their format in the notes. */
const OTHER_NAMES: ReadonlyMap<string, PackageType> = new Map([
  ['arch', 'alpm'],
  ['pacman', 'alpm'],
]);

function typeOf(written: string | undefined): PackageType {
  return OTHER_NAMES.get(written ?? '') ?? packageType(written ?? '') ?? 'generic';
}

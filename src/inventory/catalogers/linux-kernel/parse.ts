import type { InputFile } from '../../cataloger.ts';
import { directoryOf, fileName } from '../places.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

/** Bytes of the largest set-up part: the place of the version is counted from 512, in two bytes. */
const SETUP_BYTES = 512 + 65_536 + 256;
const RELEASE = /^\d{1,3}\.\d{1,4}[\w.+~-]{0,100}/;

/** A kernel image, or the list of the modules that were built into it. */
export function parseKernel(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'linux-kernel', 'Linux kernel');
  const name = fileName(file.path);
  if (name === 'modules.builtin') addModules(file, records);
  else if (/^(?:vmlinuz|bzImage)(?:-|$)/.test(name)) addImage(file, name, records);
  return records.result();
}

/** `lib/modules/6.1.0-56-amd64/modules.builtin`. */
function addModules(file: InputFile, records: RecordCollector): void {
  const release = fileName(directoryOf(file.path));
  if (RELEASE.test(release)) records.add({ name: 'linux-kernel-modules', version: release });
}

/** The image tells its release where it is for x86; its name does for the others, if it has one. */
function addImage(file: InputFile, name: string, records: RecordCollector): void {
  const version = releaseIn(file) ?? RELEASE.exec(name.slice(name.indexOf('-') + 1))?.[0] ?? '';
  if (version === '' && !isKernel(file)) return;
  records.add({ name: 'linux-kernel', version, licences: ['GPL-2.0-only'] });
}

/**
 * The header of https://docs.kernel.org/arch/x86/boot.html: `HdrS` at 0x202, at 0x20e the place of the version's text less
 * 0x200: `6.1.0-56-amd64 (builder@host) #1 SMP …`.
 */
function releaseIn(file: InputFile): string | undefined {
  const setup = Buffer.from(file.slice(0, SETUP_BYTES));
  if (setup.length < 0x264 || setup.toString('latin1', 0x202, 0x206) !== 'HdrS') return undefined;
  const at = setup.readUInt16LE(0x20e) + 0x200;
  return RELEASE.exec(setup.toString('latin1', at, at + 200))?.[0];
}

/** An image for EFI (`MZ`) or one that is packed, of which only the name could tell the release. */
function isKernel(file: InputFile): boolean {
  const start = Buffer.from(file.slice(0, 2)).toString('latin1');
  return start === 'MZ' || start === '\x1f\x8b';
}

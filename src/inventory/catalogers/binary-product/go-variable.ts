import type { AnyExecutable } from '#foundation/executables/index.ts';
import { asBuffer } from '#foundation/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { executablesIn } from '../executable-file.ts';

const SECTIONS = new Set(['.rodata', '.data.rel.ro', '.noptrdata', '.data', '__TEXT,__rodata', '.rdata']);
const MAX_BYTES = 128 * 1024 * 1024;
const CHUNK = 1024 * 1024;
const OVERLAP = 128;
/** Preceded by nothing that would make it part of a longer name, such as `go1.22.3` or `GLIBC_2.2.5`. */
const VERSION =
  /(?<![0-9A-Za-z_./+-])(?:release-)?v?(\d{1,4}\.\d{1,3}\.\d{1,4}(?:-[0-9A-Za-z.]{1,40})?)(?:\+[0-9A-Za-z.-]{1,40})?\0/g;
/** Versions of protocols and formats that programs name. */
const COMMONPLACE = /^[01]\.[01]\.0$/;

/**
 * The version of a Go program that its makers had the linker write into a variable (`-X main.version=1.2.3`). Such texts end
 * with a zero byte, which those of the program do not. Undefined when there are several or none.
 */
export function goVariable(file: InputFile): string | undefined {
  const opened = executablesIn(file);
  const executable = opened.ok ? opened.value[0] : undefined;
  const versions = new Set<string>();
  for (const text of textsOf(file, executable)) {
    for (const [, version = ''] of text.matchAll(VERSION)) if (!COMMONPLACE.test(version)) versions.add(version);
    if (versions.size > 1) return undefined;
  }
  const [only] = versions;
  return only;
}

/** The data of a program in parts that overlap; all of what is no program, such as an excerpt. */
function* textsOf(file: InputFile, executable: AnyExecutable | undefined): Generator<string> {
  const sections = executable?.sections.filter(({ name }) => SECTIONS.has(name)) ?? [];
  const places = sections.length > 0 ? sections : [{ offset: 0, size: file.size }];
  for (const { offset, size } of places) {
    const end = Math.min(size, MAX_BYTES);
    for (let start = 0; start < end; start += CHUNK) {
      const length = Math.min(CHUNK + OVERLAP, end - start);
      yield asBuffer(file.slice(offset + start, length)).toString('latin1');
    }
  }
}

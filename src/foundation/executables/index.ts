/**
 * A further door to this module: bounded readers of executables, by random access. Apart from `index.ts`, so that they are
 * loaded only where executables are read.
 */
export { type ElfDynamic, elfDynamic } from './elf/dynamic.ts';
export { type Elf, type ElfSection, openElf, type ProgramHeader } from './elf/header.ts';
export { type ElfNote, elfNotes } from './elf/notes.ts';
export { type ElfSymbol, elfSymbols } from './elf/symbols.ts';
export { Fields } from './fields.ts';
export {
  type ByteSource,
  bytesAt,
  type Executable,
  type Section,
  type Segment,
  sectionBytes,
  sectionNamed,
} from './image.ts';
export type { MachO } from './mach-o/header.ts';
export { type AnyExecutable, openExecutables } from './open.ts';
export { type Assembly, assemblyOf } from './pe/assembly.ts';
export { type DataDirectory, openPe, type Pe } from './pe/header.ts';
export { type VersionStrings, versionStrings } from './pe/version-resource.ts';

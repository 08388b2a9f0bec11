import type { AnyExecutable } from '#foundation/executables/index.ts';
import { sectionNamed } from '#foundation/executables/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { executablesIn } from '../executable-file.ts';
import { type PackageRecord, type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';
import type { BuildInfo, GoModule } from './build-info.ts';
import { FUNCTION_TABLES, functionNames } from './function-table.ts';
import { linkedByModule, STANDARD_LIBRARY } from './linked.ts';
import { findBuildInfo } from './locate.ts';
import { mainVersion } from './main-version.ts';

/** The modules of Go programs, the standard library included, with what of them the linker kept. */
export const goBinary = recordCataloger({
  id: 'go-binary',
  title: 'Go modules linked into programs, by their build information',
  references: [
    'https://pkg.go.dev/debug/buildinfo',
    'https://go.dev/src/debug/buildinfo/buildinfo.go',
    'https://go.dev/src/runtime/symtab.go',
  ],
  maturity: 'stable',
  type: 'golang',
  evidence: 'installed',
  revision: 1,
  files: [{ kind: 'content', is: ['elf', 'pe', 'mach-o'], maxBytes: 1024 * 1024 * 1024 }],
  parse: parseProgram,
});

export function parseProgram(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'go-binary', 'Go program');
  const opened = executablesIn(file);
  // The architectures of one program are built from the same modules.
  const executable = opened.ok ? opened.value[0] : undefined;
  if (executable === undefined || executable.kind === 'object') return collector.result();
  const info = findBuildInfo(executable);
  if (info === undefined) {
    if (isGoProgram(executable)) collector.add({ name: STANDARD_LIBRARY, version: '' });
    return collector.result();
  }
  for (const record of recordsOf(file, executable, info)) collector.add(record);
  return collector.result();
}

/** What it was built of is not known when its makers removed the information; that it has a standard library is. */
function isGoProgram(executable: AnyExecutable): boolean {
  // Go's linker gives PE files a section for symbols, which hardly any other does.
  const marks = executable.format === 'pe' ? ['.symtab'] : FUNCTION_TABLES;
  return marks.some((name) => sectionNamed(executable, name)) && functionNames(executable) !== undefined;
}

function recordsOf(file: InputFile, executable: AnyExecutable, info: BuildInfo): PackageRecord[] {
  const linked = linkedByModule(executable, info);
  const withSymbols = (record: PackageRecord, module: string): PackageRecord => {
    const symbols = linked.get(module);
    return symbols ? { ...record, symbols } : record;
  };
  return [
    mainRecord(),
    withSymbols({ name: STANDARD_LIBRARY, version: standardVersion(info.goVersion) }, STANDARD_LIBRARY),
    ...info.modules.map((module) => withSymbols(built(module), module.path)),
  ];

  function mainRecord(): PackageRecord {
    // Go's own commands come with the standard library; advisories speak of them as one.
    if (info.main === undefined && info.path?.startsWith('cmd/') === true)
      return withSymbols(
        { name: 'toolchain', version: standardVersion(info.goVersion), relation: 'root' },
        STANDARD_LIBRARY,
      );
    const name = info.main?.path ?? info.path ?? file.path.slice(file.path.lastIndexOf('/') + 1);
    return withSymbols({ name, version: mainVersion(executable, info), relation: 'root' }, name);
  }
}

/** What was built in place of a module is what advisories must speak of; the version of a directory is not known. */
function built({ path, version, replacedBy }: GoModule): PackageRecord {
  if (replacedBy === undefined) return { name: path, version };
  return { name: replacedBy.version === '' ? path : replacedBy.path, version: replacedBy.version };
}

/** Without the experiments it was built with: `go1.21.0 X:boringcrypto`. Of development versions the commit is enough. */
function standardVersion(goVersion: string): string {
  return /^devel /.test(goVersion) ? goVersion.split(' ', 2).join(' ') : (goVersion.split(/[\s+]/, 1)[0] ?? '');
}

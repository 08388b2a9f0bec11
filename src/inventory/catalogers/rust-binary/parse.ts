import { inflateSync } from 'node:zlib';
import { asList, asText, memberOf, parseJsonText } from '#foundation/documents/index.ts';
import { type AnyExecutable, type Section, sectionBytes } from '#foundation/executables/index.ts';
import { err, type Result } from '#foundation/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { executablesIn } from '../executable-file.ts';
import { type PackageRecord, type ParsedRecords, RecordCollector, reference } from '../records.ts';

/** What the authors of the format advise as limits, and somewhat more. */
const MAX_SECTION_BYTES = 4 * 1024 * 1024;
const MAX_TEXT_BYTES = 32 * 1024 * 1024;
const SECTIONS = new Set(['.dep-v0', '__DATA,.dep-v0']);

export function parseAuditable(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'rust-binary', 'Rust program');
  const opened = executablesIn(file);
  // The architectures of one program are built of the same crates.
  const executable = opened.ok ? opened.value[0] : undefined;
  const section = executable?.sections.find(({ name }) => SECTIONS.has(name));
  if (executable === undefined || section === undefined) return collector.result();
  const document = documentIn(executable, section);
  const crates = document.ok ? asList(memberOf(document.value, 'packages')) : undefined;
  if (crates === undefined) collector.unreadable(document.ok ? 'has no list of packages' : document.error);
  else for (const record of recordsOf(crates, collector)) collector.add(record);
  return collector.result();
}

function documentIn(executable: AnyExecutable, section: Section): Result<unknown> {
  const packed = sectionBytes(executable, section, MAX_SECTION_BYTES);
  try {
    return parseJsonText(inflateSync(packed, { maxOutputLength: MAX_TEXT_BYTES }).toString('utf8'));
  } catch {
    return err('has a list of crates that cannot be unpacked');
  }
}

interface Crate {
  readonly name: string;
  readonly version: string;
  readonly isForBuild: boolean;
  readonly isRoot: boolean;
  /** Positions in the list. */
  readonly needs: readonly number[];
}

function recordsOf(list: readonly unknown[], collector: RecordCollector): PackageRecord[] {
  const crates = list.map(crateOf);
  const direct = new Set(crates.flatMap((crate) => (crate?.isRoot ? crate.needs : [])));
  return crates.flatMap((crate, index) => {
    if (crate === undefined) {
      collector.unusable(memberOf(list[index], 'name'));
      return [];
    }
    const dependencies = crate.needs.flatMap((need) => crates[need] ?? []).map(reference);
    const relation = crate.isRoot ? 'root' : direct.has(index) ? 'direct' : 'transitive';
    const { name, version, isForBuild } = crate;
    return [{ name, version, relation, dependencies, scope: isForBuild ? 'development' : 'runtime' }];
  });
}

function crateOf(value: unknown): Crate | undefined {
  const name = asText(memberOf(value, 'name'));
  const version = asText(memberOf(value, 'version'));
  if (name === undefined || version === undefined) return undefined;
  return {
    name,
    version,
    isForBuild: memberOf(value, 'kind') === 'build',
    isRoot: memberOf(value, 'root') === true,
    needs: (asList(memberOf(value, 'dependencies')) ?? []).filter((need) => typeof need === 'number'),
  };
}

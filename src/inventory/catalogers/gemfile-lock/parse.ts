import { linesOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, reference } from '../records.ts';

interface Gem {
  readonly name: string;
  readonly version: string;
  readonly needs: Set<string>;
}

/** Where specifications stand: of a server, a repository, a folder. */
const SOURCES = new Set(['GEM', 'GIT', 'PATH', 'PLUGIN SOURCE']);

/**
 * Sections by headings in the first column. In those of sources: four blanks before a gem, `name (version)` or
 * `name (version-platform)`, six before what it needs; in `DEPENDENCIES` two before what the project asks for.
 */
export function parseGemfileLock(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'gemfile-lock', 'bundler lock file');
  // The lock file of a gem's authors, unpacked with the gem.
  if (/(?:^|\/)gems\/[^/]+-\d[^/]*\//.test(file.path)) return records.result();
  const { gems, asked, hasSections } = sectionsOf(file.text(), records);
  if (!hasSections) records.unreadable('is not a bundler lock file');
  const byName = new Map(gems.map((gem) => [gem.name, gem]));
  for (const { name, version, needs } of gems) {
    records.add({
      name,
      version,
      ...(asked.size > 0 && { relation: asked.has(name) ? 'direct' : 'transitive' }),
      dependencies: [...needs].flatMap((needed) => {
        const found = byName.get(needed);
        return found ? [reference(found)] : [];
      }),
    });
  }
  return records.result();
}

function sectionsOf(text: string, records: RecordCollector) {
  const gems: Gem[] = [];
  const asked = new Set<string>();
  let section = '';
  let hasSections = false;
  let gem: Gem | undefined;
  for (const line of linesOf(text)) {
    const indent = line.length - line.trimStart().length;
    const content = line.trim();
    if (content === '') continue;
    if (indent === 0) {
      section = content;
      hasSections ||= SOURCES.has(section);
      gem = undefined;
    } else if (section === 'DEPENDENCIES' && indent === 2) asked.add(nameOf(content));
    else if (!SOURCES.has(section)) continue;
    else if (indent === 4) gem = keep(gems, content, records);
    else if (indent === 6) gem?.needs.add(nameOf(content));
  }
  return { gems, asked, hasSections };
}

/** A gem that has builds for several platforms is listed once for each. */
function keep(gems: Gem[], content: string, records: RecordCollector): Gem | undefined {
  const version = /\(([^()\s-]{1,200})(?:-[^()]{0,200})?\)$/.exec(content)?.[1];
  const name = nameOf(content);
  if (version === undefined) {
    records.unusable(name);
    return undefined;
  }
  const last = gems.at(-1);
  if (last?.name === name && last.version === version) return last;
  const gem = { name, version, needs: new Set<string>() };
  gems.push(gem);
  return gem;
}

/** `pry (~> 0.14)`, `local!`, `rails`. */
function nameOf(content: string): string {
  const blank = content.indexOf(' ');
  return (blank === -1 ? content : content.slice(0, blank)).replace(/!$/, '');
}

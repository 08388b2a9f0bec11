import { linesOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

/**
 * Reads a specification that RubyGems wrote. It is a Ruby program and is read as text, never run: assignments of literals
 * alone count. Others, among the sources of a gem, are templates that compute what they say.
 */
export function parseGemspec(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'gemspec', 'gem specification');
  if (!/(?:^|\/)specifications\/(?:default\/)?[^/]+$/.test(file.path) && file.path.includes('/'))
    return records.result();
  const { name, version, platform, licences } = specificationIn(file.text());
  if (name === undefined || version === undefined) {
    records.unusable(name);
    return records.result();
  }
  records.add({
    name,
    version,
    licences,
    ...(platform && platform !== 'ruby' && { qualifiers: { platform } }),
  });
  return records.result();
}

interface Specification {
  name?: string;
  version?: string;
  platform?: string;
  licences: string[];
}

function specificationIn(text: string): Specification {
  const found: Specification = { licences: [] };
  for (const line of linesOf(text)) {
    const stub = /^# stub: (\S+) (\S+) (\S+) /.exec(line);
    if (stub?.[1] && stub[2] && stub[3]) {
      found.name ??= stub[1];
      found.version ??= stub[2];
      found.platform ??= stub[3];
    }
    const assignment = /^\s*[a-z_]\w{0,40}\.(name|version|platform|licenses?)\s*=\s*(?!=)(.*)$/.exec(line);
    if (assignment?.[1] && assignment[2]) assign(found, assignment[1], literalsIn(assignment[2]));
  }
  return found;
}

function assign(found: Specification, attribute: string, literals: readonly string[]): void {
  const [first] = literals;
  if (first === undefined) return;
  if (attribute === 'name' || attribute === 'version' || attribute === 'platform') found[attribute] = first;
  else found.licences = [...literals];
}

const LITERAL = /"([^"\\#]{0,200})"|'([^'\\]{0,200})'|%[qQ]?[<({[]([^<>(){}[\]\\#]{0,200})[>)}\]]/g;

/** `"rake".freeze`, `Gem::Version.new("1.0")`, `["MIT", 'Ruby']`, `%q<rake>`: the texts that are written out. */
function literalsIn(expression: string): string[] {
  return [...expression.slice(0, 4000).matchAll(LITERAL)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

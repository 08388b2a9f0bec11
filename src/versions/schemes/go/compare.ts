import type { Result } from '#foundation/index.ts';
import { compareParsed, unreadable } from '../../ordering.ts';
import { compareSemantic, parseSemantic, type SemanticGrammar, type SemanticVersion } from '../../semantic.ts';
import type { Ordering } from '../../version-scheme.ts';

const module: SemanticGrammar = { scheme: 'go', prefix: 'v', minNumbers: 1 };

/**
 * Module versions (`v1.2.3-0.20240101000000-abcdef123456`, `v2.0.0+incompatible`) and toolchain versions (`go1.22rc1`,
 * `1.22rc1`). A toolchain version stands where the Go vulnerability database puts it: `go1.22rc1` is `1.22.0-rc.1`, and
 * `go1.22` is `1.22.0`, although since 1.21 the go command itself means the language by it, before the first candidate.
 */
export function compareGo(a: string, b: string): Result<Ordering> {
  return compareParsed(parseGo(a), parseGo(b), compareSemantic);
}

function parseGo(text: string): Result<SemanticVersion> {
  if (text === '(devel)') return unreadable('go', text, 'it is a build from a working copy and names no version');
  const toolchain = toolchainPattern.exec(text);
  if (toolchain) return parseSemantic(moduleForm(toolchain), module);
  // The go command itself appends `+dirty` to `+incompatible`.
  const version = parseSemantic(text.replace('+incompatible+', '+incompatible.'), module);
  if (!version.ok) return version;
  const { numbers, prerelease, build } = version.value;
  const isShort = numbers.length < 6;
  return isShort && (prerelease || build) ? unreadable('go', text, 'a short version has no suffix') : version;
}

/** The last group is what a vendor or an experiment appends (`go1.21.3-acme`, `go1.22.1 X:boringcrypto`). */
const toolchainPattern =
  /^(?:go(?=\d)|(?=\d+\.\d+(?:alpha|beta|rc)\d+$))(\d+)(?:\.(\d+))?(?:\.(\d+)|(alpha|beta|rc)(\d+))?(?:[- ].*)?$/;

function moduleForm([, major, minor = '0', patch = '0', stage, number]: RegExpExecArray): string {
  const release = `${major}.${minor}.${patch}`;
  return stage ? `${release}-${stage}.${number}` : release;
}

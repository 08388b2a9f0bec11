import { ok, type Result } from '#foundation/index.ts';
import { compareDigits } from '../../characters.ts';
import { compareParsed, unreadable } from '../../ordering.ts';
import { comparePrereleases } from '../../semantic.ts';
import type { Ordering } from '../../version-scheme.ts';

interface JvmVersion {
  readonly numbers: readonly string[];
  readonly pre: string;
}

/**
 * `1.8.0_392-b08` is `8.0.392`: before JEP 223 the second number was the feature release and the update came after an
 * underscore. Builds do not count: advisories speak of updates, and builds of different vendors are unrelated.
 */
export function compareJvm(a: string, b: string): Result<Ordering> {
  return compareParsed(parseJvm(a), parseJvm(b), compareVersions);
}

const legacy = /^1\.(\d+)(?:\.(\d+))?(?:_(\d+))?(?:-([a-z][a-z\d.]*?))??(?:-b\d+)?$/;
const short = /^(\d+)u(\d+)(?:-b\d+)?$/;
const update = /^(\d+)\.(\d+)[_-]update_?(\d+)(?:-b\d+)?$/;
const modern = /^(\d+(?:\.\d+)*)(?:-([a-z\d]+))?(?:\+b?\d+(?:-[a-z\d.-]+)?|\+-[a-z\d.-]+|-b\d+)?$/;

function parseJvm(text: string): Result<JvmVersion> {
  const lower = text.toLowerCase();
  const old = legacy.exec(lower);
  if (old) return ok({ numbers: [old[1] ?? '', old[2] ?? '', old[3] ?? ''], pre: old[4] ?? '' });
  const updated = short.exec(lower);
  if (updated) return ok({ numbers: [updated[1] ?? '', '', updated[2] ?? ''], pre: '' });
  const spelled = update.exec(lower);
  if (spelled) return ok({ numbers: spelled.slice(1, 4), pre: '' });
  const current = modern.exec(lower);
  if (!current) return unreadable('jvm', text, 'a release looks like 1.8.0_392-b08, 8u392 or 17.0.9+9');
  return ok({ numbers: (current[1] ?? '').split('.'), pre: current[2] ?? '' });
}

function compareVersions(a: JvmVersion, b: JvmVersion): number {
  for (let i = 0; i < Math.max(a.numbers.length, b.numbers.length); i++) {
    const sign = compareDigits(a.numbers[i] ?? '', b.numbers[i] ?? '');
    if (sign !== 0) return sign;
  }
  return comparePrereleases(a.pre, b.pre);
}

import { err, ok, type Result } from '#foundation/index.ts';
import type { VersionConstraint } from '../../constraint.ts';
import { parseAlternatives } from '../../constraint-logic.ts';
import { quoted } from '../../ordering.ts';

/** Numbers of Microsoft updates joined by `||`. They have no order: one is either named or not. */
export function parseKbList(text: string): Result<VersionConstraint> {
  return parseAlternatives(text, /\|\|/, (part) => {
    const id = part.trim().replace(/^=\s*/, '');
    if (id === '' || /[<>]/.test(id)) return err(`${quoted(part)} names no update`);
    return ok({
      satisfies: (version) =>
        version === '' ? err('an update without a number was not evaluated') : ok(version === id),
    });
  });
}

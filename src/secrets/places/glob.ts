/**
 * Compiles a glob over whole paths: `*` stands for any characters within a name, `**` also for slashes; `**` and a slash, as a whole
 * part, also for no directory at all. All else is itself.
 */
export function compileGlob(glob: string): (path: string) => boolean {
  const pieces = glob.split(/\*+\/?|\//).filter((piece) => piece !== '');
  const steps = stepsOf(glob);
  return (path) => pieces.every((piece) => path.includes(piece)) && matches(steps, path);
}

type Step =
  | { readonly kind: 'one'; readonly character: string }
  /** Any number of characters; `name` stops at slashes. */
  | { readonly kind: 'name' | 'any' }
  /** Stands before `any` and a slash, which may both be left out. */
  | { readonly kind: 'directories' };

function stepsOf(glob: string): Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < glob.length; at++) {
    const character = glob[at] ?? '';
    if (character !== '*') steps.push({ kind: 'one', character });
    else if (glob[at + 1] !== '*') steps.push({ kind: 'name' });
    else {
      at += 1;
      const isPart = glob[at + 1] === '/' && (at === 1 || glob[at - 2] === '/');
      steps.push(...(isPart ? [{ kind: 'directories' } as const] : []), { kind: 'any' });
    }
  }
  return steps;
}

/** Keeps all positions that are possible instead of trying one after the other: at most one times the other, whoever wrote them. */
function matches(steps: readonly Step[], path: string): boolean {
  let positions = withSkipped(steps, new Set([0]));
  for (const character of path) {
    const next = new Set<number>();
    for (const position of positions) {
      const step = steps[position];
      if (step?.kind === 'one' && step.character === character) next.add(position + 1);
      else if (step?.kind === 'any' || (step?.kind === 'name' && character !== '/')) next.add(position);
    }
    if (next.size === 0) return false;
    positions = withSkipped(steps, next);
  }
  return positions.has(steps.length);
}

/** Adds the positions that need no character. A set that grows is gone through to its end. */
function withSkipped(steps: readonly Step[], positions: Set<number>): Set<number> {
  for (const position of positions) {
    const kind = steps[position]?.kind;
    if (kind === 'name' || kind === 'any') positions.add(position + 1);
    if (kind === 'directories') positions.add(position + 1).add(position + 3);
  }
  return positions;
}

const CONTEXT = 2;

/** Two texts as a unified difference. Lines that are the same at both ends of a changed part are kept out of it. */
export function unifiedDifference(name: string, before: string, after: string): string {
  if (before === after) return '';
  const old = before.split('\n');
  const fresh = after.split('\n');
  const hunks: string[] = [];
  let at = 0;
  let shifted = 0;
  while (at < old.length || at + shifted < fresh.length) {
    if (old[at] === fresh[at + shifted]) {
      at++;
      continue;
    }
    const { removed, added } = nextMeeting(old, fresh, at, at + shifted);
    hunks.push(hunk(old, fresh, at, at + shifted, removed, added));
    at += removed;
    shifted += added - removed;
  }
  return [`--- ${name}`, `+++ ${name}`, ...hunks].join('\n');
}

const LOOK_AHEAD = 200;

/** How many lines differ before both texts go on alike: the fewest on both sides together. */
function nextMeeting(
  old: readonly string[],
  fresh: readonly string[],
  at: number,
  freshAt: number,
): { removed: number; added: number } {
  for (let sum = 1; sum <= LOOK_AHEAD; sum++) {
    for (let removed = 0; removed <= sum; removed++) {
      const added = sum - removed;
      const isMeeting =
        old[at + removed] === fresh[freshAt + added] && old[at + removed + 1] === fresh[freshAt + added + 1];
      if (isMeeting && at + removed <= old.length && freshAt + added <= fresh.length) return { removed, added };
    }
  }
  return { removed: old.length - at, added: fresh.length - freshAt };
}

function hunk(
  old: readonly string[],
  fresh: readonly string[],
  at: number,
  freshAt: number,
  removed: number,
  added: number,
): string {
  const start = Math.max(0, at - CONTEXT);
  const end = Math.min(old.length, at + removed + CONTEXT);
  const before = at - start;
  const behind = end - (at + removed);
  return [
    `@@ -${start + 1},${end - start} +${freshAt - before + 1},${before + added + behind} @@`,
    ...old.slice(start, at).map((line) => ` ${line}`),
    ...old.slice(at, at + removed).map((line) => `-${line}`),
    ...fresh.slice(freshAt, freshAt + added).map((line) => `+${line}`),
    ...old.slice(at + removed, end).map((line) => ` ${line}`),
  ].join('\n');
}

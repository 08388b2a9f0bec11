import { compareTexts } from '#foundation/index.ts';

/** What a reader looks for first. Members that are not named here follow by name, so that nothing is lost when the report grows. */
const first = [
  'kind',
  'id',
  'type',
  'name',
  'version',
  'architecture',
  'source',
  'purl',
  'code',
  'reason',
  'effect',
  'message',
  'severity',
  'state',
  'title',
  'category',
  'fixedVersion',
  'summary',
  'preview',
  'location',
  'decision',
  'window',
];
const ranks = new Map(first.map((name, rank) => [name, rank]));

/**
 * A copy whose members stand in one order wherever the report came from: two reports can be compared as text.
 * `change` may replace a member's value; undefined leaves it out.
 */
export function inKeyOrder(node: unknown, change: (key: string, value: unknown) => unknown): unknown {
  if (Array.isArray(node)) return node.map((item) => inKeyOrder(item, change));
  if (typeof node !== 'object' || node === null) return node;
  const members = new Map<string, unknown>(Object.entries(node));
  const copied: [string, unknown][] = [];
  for (const key of inOrder(members)) {
    const changed = change(key, members.get(key));
    if (changed !== undefined) copied.push([key, inKeyOrder(changed, change)]);
  }
  return Object.fromEntries(copied);
}

/** Findings are hundreds of thousands of objects with a few dozen sets of names. */
const MAX_KNOWN = 1000;
const known = new Map<string, readonly string[]>();

function inOrder(members: ReadonlyMap<string, unknown>): readonly string[] {
  const names = [...members.keys()];
  const joined = names.join('\n');
  const found = known.get(joined);
  // A name may have a line break in it.
  if (found?.length === names.length && found.every((name) => members.has(name))) return found;
  const ordered = names.toSorted((a, b) => rank(a) - rank(b) || compareTexts(a, b));
  if (known.size < MAX_KNOWN) known.set(joined, ordered);
  return ordered;
}

function rank(name: string): number {
  return ranks.get(name) ?? first.length;
}

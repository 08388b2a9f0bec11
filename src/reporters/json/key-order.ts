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

type Members = Record<string, unknown>;

/**
 * A copy whose members stand in one order wherever the report came from: two reports can be compared as text.
 * `change` may replace a member's value; undefined leaves it out.
 */
export function inKeyOrder(node: unknown, change: (key: string, value: unknown) => unknown): unknown {
  if (Array.isArray(node)) return node.some(isObject) ? node.map((item) => inKeyOrder(item, change)) : node;
  if (!isObject(node)) return node;
  const copy: Members = {};
  for (const key of inOrder(node)) {
    const changed = change(key, node[key]);
    if (changed !== undefined) add(copy, key, inKeyOrder(changed, change));
  }
  return copy;
}

function isObject(node: unknown): node is Members {
  return typeof node === 'object' && node !== null;
}

/** Names may come from what was scanned: `__proto__` is a member like any other. */
function add(copy: Members, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(copy, key, { value, enumerable: true, writable: true, configurable: true });
  else copy[key] = value;
}

/** Findings are hundreds of thousands of objects with a few dozen sets of names. */
const MAX_KNOWN = 1000;
const known = new Map<string, readonly string[]>();

function inOrder(members: Members): readonly string[] {
  const names = Object.keys(members);
  const joined = names.join('\n');
  const found = known.get(joined);
  // A name may have a line break in it.
  if (found?.length === names.length && found.every((name) => Object.hasOwn(members, name))) return found;
  const ordered = names.toSorted((a, b) => rank(a) - rank(b) || compareTexts(a, b));
  if (known.size < MAX_KNOWN) known.set(joined, ordered);
  return ordered;
}

function rank(name: string): number {
  return ranks.get(name) ?? first.length;
}

import { printable, printableLines } from '#foundation/index.ts';
import { membersOf } from '../../server/ask.ts';
import { tableLines } from '../../server/table.ts';

/** An answer for people: a list as a table of what is short, a single thing line by line. */
export function renderAnswer(answer: unknown): string {
  const items = membersOf(answer).get('items');
  const list = Array.isArray(answer) ? answer : Array.isArray(items) ? items : undefined;
  if (list !== undefined) return `${renderList(list).join('\n')}\n`;
  if (typeof answer === 'object' && answer !== null) return `${renderMembers(membersOf(answer), '').join('\n')}\n`;
  return `${printableLines(String(answer))}\n`;
}

function renderList(items: readonly unknown[]): string[] {
  if (items.length === 0) return ['Nothing.'];
  const rows = items.map((item) => flat(membersOf(item)));
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))].filter((name) => isShort(rows, name));
  if (names.length === 0) return items.map((item) => printable(JSON.stringify(item)));
  return tableLines(
    names,
    rows.map((row) => names.map((name) => row.get(name) ?? '')),
  );
}

const MAX_CELL = 80;

function isShort(rows: readonly ReadonlyMap<string, string>[], name: string): boolean {
  return rows.some((row) => row.has(name)) && rows.every((row) => (row.get(name)?.length ?? 0) <= MAX_CELL);
}

/** Members with one level below them: `asset.name`. What is deeper is left to --json. */
function flat(members: ReadonlyMap<string, unknown>): Map<string, string> {
  const cells = new Map<string, string>();
  for (const [name, value] of members) {
    if (isSimple(value)) cells.set(name, textOf(value));
    else if (!Array.isArray(value))
      for (const [inner, one] of membersOf(value)) if (isSimple(one)) cells.set(`${name}.${inner}`, textOf(one));
  }
  return cells;
}

function renderMembers(members: ReadonlyMap<string, unknown>, indent: string): string[] {
  return [...members].flatMap(([name, value]) => {
    const label = `${indent}${printable(name)}:`;
    if (isSimple(value)) return [`${label} ${printable(textOf(value))}`.trimEnd()];
    if (Array.isArray(value)) return [label, ...value.flatMap((one) => element(one, `${indent}  `))];
    return [label, ...renderMembers(membersOf(value), `${indent}  `)];
  });
}

function element(value: unknown, indent: string): string[] {
  if (isSimple(value)) return [`${indent}- ${printable(textOf(value))}`];
  return [`${indent}-`, ...renderMembers(membersOf(value), `${indent}  `)];
}

function isSimple(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}

function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

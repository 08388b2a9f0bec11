/** Bytes of an index into each heap. */
export interface HeapWidths {
  readonly string: 2 | 4;
  readonly guid: 2 | 4;
  readonly blob: 2 | 4;
}

/** A column: bytes, a heap, the table that it is an index of, or a choice of tables. */
type Column = 2 | 4 | 'string' | 'guid' | 'blob' | { readonly table: number } | Choice;

interface Choice {
  /** Bits that say which table is meant. */
  readonly bits: number;
  readonly tables: readonly number[];
}

const at = (table: number): Column => ({ table });
const typeDefOrRef: Choice = { bits: 2, tables: [0x02, 0x01, 0x1b] };
const hasConstant: Choice = { bits: 2, tables: [0x04, 0x08, 0x17] };
const hasCustomAttribute: Choice = {
  bits: 5,
  tables: [
    0x06, 0x04, 0x01, 0x02, 0x08, 0x09, 0x0a, 0x00, 0x0e, 0x17, 0x14, 0x11, 0x1a, 0x1b, 0x20, 0x23, 0x26, 0x27, 0x28,
    0x2a, 0x2b, 0x2c,
  ],
};
const hasFieldMarshal: Choice = { bits: 1, tables: [0x04, 0x08] };
const hasDeclSecurity: Choice = { bits: 2, tables: [0x02, 0x06, 0x20] };
const memberRefParent: Choice = { bits: 3, tables: [0x02, 0x01, 0x1a, 0x06, 0x1b] };
const hasSemantics: Choice = { bits: 1, tables: [0x14, 0x17] };
const methodDefOrRef: Choice = { bits: 1, tables: [0x06, 0x0a] };
const memberForwarded: Choice = { bits: 1, tables: [0x04, 0x06] };
const customAttributeType: Choice = { bits: 3, tables: [0x06, 0x0a] };
const resolutionScope: Choice = { bits: 2, tables: [0x00, 0x1a, 0x23, 0x01] };

/** The tables before that of the assembly, in order (ECMA-335, II.22). */
const COLUMNS: readonly (readonly Column[])[] = [
  [2, 'string', 'guid', 'guid', 'guid'],
  [resolutionScope, 'string', 'string'],
  [4, 'string', 'string', typeDefOrRef, at(0x04), at(0x06)],
  [at(0x04)],
  [2, 'string', 'blob'],
  [at(0x06)],
  [4, 2, 2, 'string', 'blob', at(0x08)],
  [at(0x08)],
  [2, 2, 'string'],
  [at(0x02), typeDefOrRef],
  [memberRefParent, 'string', 'blob'],
  [2, hasConstant, 'blob'],
  [hasCustomAttribute, customAttributeType, 'blob'],
  [hasFieldMarshal, 'blob'],
  [2, hasDeclSecurity, 'blob'],
  [2, 4, at(0x02)],
  [4, at(0x04)],
  ['blob'],
  [at(0x02), at(0x14)],
  [at(0x14)],
  [2, 'string', typeDefOrRef],
  [at(0x02), at(0x17)],
  [at(0x17)],
  [2, 'string', 'blob'],
  [2, at(0x06), hasSemantics],
  [at(0x02), methodDefOrRef, methodDefOrRef],
  ['string'],
  ['blob'],
  [2, memberForwarded, 'string', at(0x1a)],
  [4, at(0x04)],
  [4, 4],
  [4],
];

/** Length of a table that stands before that of the assembly. `rows`: of every table. */
export function tableBytes(table: number, rows: readonly number[], heaps: HeapWidths): number {
  const count = rows[table] ?? 0;
  if (count === 0) return 0;
  const columns = COLUMNS[table] ?? [];
  return count * columns.reduce<number>((sum, column) => sum + columnBytes(column, rows, heaps), 0);
}

function columnBytes(column: Column, rows: readonly number[], heaps: HeapWidths): number {
  if (typeof column === 'number') return column;
  if (typeof column === 'string') return heaps[column];
  const [tables, bits] = 'table' in column ? [[column.table], 0] : [column.tables, column.bits];
  const most = tables.reduce((longest, table) => Math.max(longest, rows[table] ?? 0), 0);
  return most < 2 ** (16 - bits) ? 2 : 4;
}

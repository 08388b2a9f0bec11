import type { Style } from '#foundation/index.ts';
import { printable } from '#foundation/index.ts';
import { columnsOf, padBefore, padTo } from '../columns.ts';
import type { Room } from './view.ts';

export interface Column<Row> {
  readonly title: string;
  readonly align?: 'right';
  text(row: Row): string;
  style?(row: Row): Style | undefined;
}

/**
 * Rows in columns; undefined when they do not fit the terminal: versions must never be cut, so the caller then stacks them.
 * All texts are made printable here.
 */
export function grid<Row>(view: Room, columns: readonly Column<Row>[], rows: readonly Row[]): string[] | undefined {
  const cells = rows.map((row) => columns.map((column) => printable(column.text(row))));
  const widths = columns.map((column, index) =>
    Math.max(columnsOf(column.title), ...cells.map((row) => columnsOf(row[index] ?? ''))),
  );
  const total = widths.reduce((sum, width) => sum + width + 2, 0);
  if (total > view.width) return undefined;
  const place = (column: Column<Row>, index: number, text: string): string =>
    column.align === 'right' ? padBefore(text, widths[index] ?? 0) : padTo(text, widths[index] ?? 0);
  const titles = columns.map((column, index) => place(column, index, column.title)).join('  ');
  return [
    `  ${view.paint('dim', titles.trimEnd())}`,
    ...rows.map((row, line) => {
      const texts = columns.map((column, index) => {
        const text = place(column, index, cells[line]?.[index] ?? '');
        const style = column.style?.(row);
        return style === undefined ? text : view.paint(style, text);
      });
      return `  ${texts.join('  ')}`.trimEnd();
    }),
  ];
}

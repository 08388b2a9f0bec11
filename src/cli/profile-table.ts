import type { ReaderCost } from '#analysis/index.ts';

/** What each reader of files cost, dearest first, as a table of text. Times of several threads add up. */
export function profileTable(costs: readonly ReaderCost[]): string {
  const total = costs.reduce((sum, { ms }) => sum + ms, 0);
  const rows = costs.map(({ reader, ms, files, bytes }) => [
    reader,
    ms.toFixed(1),
    `${total === 0 ? 0 : Math.round((100 * ms) / total)} %`,
    String(files),
    (bytes / 1e6).toFixed(1),
  ]);
  const table = [['reader', 'ms', 'share', 'files', 'MB'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = table.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  return `${lines.join('\n')}\n`;
}

import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export interface PlainColumn<Row> {
  readonly id: string;
  readonly title: ReactNode;
  readonly align?: 'right';
  /** Left out on narrow screens: what is there still tells the rows apart. */
  readonly isWide?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

/** A short table that is in the page as a whole: settings, versions, things one counts on the hands. Long ones are a `DataTable`. */
export function PlainTable<Row>({
  label,
  columns,
  rows,
  idOf,
  empty,
}: {
  readonly label: string;
  readonly columns: readonly PlainColumn<Row>[];
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  /** Instead of a table without rows. */
  readonly empty?: ReactNode;
}) {
  if (rows.length === 0 && empty !== undefined) return <div className="text-muted">{empty}</div>;
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label={label}
      className="relative overflow-x-auto rounded-l border border-line"
    >
      <table className="w-full border-collapse text-left">
        <thead className="text-small text-muted">
          <tr className="border-b border-line">
            {columns.map(({ id, title, align, isWide }) => (
              <th
                key={id}
                scope="col"
                className={classNames(
                  'h-8 px-3 font-normal whitespace-nowrap',
                  align === 'right' && 'text-right',
                  isWide && 'max-md:hidden',
                )}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={idOf(row)} className="border-b border-line last:border-0 hover:bg-hover">
              {columns.map(({ id, align, isWide, cell }) => (
                <td
                  key={id}
                  className={classNames(
                    'h-9 px-3 py-1 align-middle',
                    align === 'right' && 'text-right whitespace-nowrap',
                    isWide && 'max-md:hidden',
                  )}
                >
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

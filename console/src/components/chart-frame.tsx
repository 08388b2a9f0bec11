import { type ReactNode, useState } from 'react';
import { Segmented } from './button.tsx';

export interface TwinTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
}

/** A chart and the same as a table, for whoever cannot see it or wants the figures. The denominators stand in `about`. */
export function ChartFrame({
  title,
  about,
  chart,
  table,
  actions,
}: {
  readonly title: string;
  readonly about?: ReactNode;
  readonly chart: ReactNode;
  readonly table: TwinTable;
  readonly actions?: ReactNode;
}) {
  const [view, setView] = useState<'chart' | 'table'>('chart');
  return (
    <section aria-label={title} className="flex min-w-0 flex-col rounded-l border border-line bg-surface">
      <div className="flex flex-wrap items-start gap-2 px-4 pt-3">
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold">{title}</h2>
          {about && <p className="text-small text-muted">{about}</p>}
        </div>
        {actions}
        <Segmented
          label={`${title} as`}
          value={view}
          options={[
            { value: 'chart', label: 'Chart' },
            { value: 'table', label: 'Table' },
          ]}
          onChange={setView}
        />
      </div>
      <div className="min-h-0 flex-1 p-4">
        {view === 'chart' ? <div aria-hidden="true">{chart}</div> : <PlainTable label={title} {...table} />}
      </div>
    </section>
  );
}

/** A short table; for long ones there is DataTable. */
export function PlainTable({ label, head, rows }: TwinTable & { readonly label: string }) {
  return (
    <div className="max-h-96 overflow-auto" tabIndex={0} role="region" aria-label={label}>
      <table className="w-full text-left">
        <thead className="sticky top-0 bg-surface text-small text-muted">
          <tr>
            {head.map((title) => (
              <th key={title} scope="col" className="border-b border-line py-1.5 pr-4 font-normal whitespace-nowrap">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of figures have no other name
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={head[column] ?? column} className="border-b border-line py-1.5 pr-4 align-top">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

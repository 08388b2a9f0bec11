import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** A figure with what it counts. It is a link: `children` is one, to the list that was counted. */
export function Stat({
  label,
  value,
  detail,
  look,
  link,
}: {
  readonly label: ReactNode;
  readonly value: ReactNode;
  readonly detail?: ReactNode;
  readonly look?: 'bad' | 'warn' | 'good';
  readonly link?: (content: ReactNode) => ReactNode;
}) {
  const colour = { bad: 'text-bad', warn: 'text-warn', good: 'text-good' } as const;
  const figure = (
    <span className={classNames('text-figure font-semibold tracking-tight', look && colour[look])}>{value}</span>
  );
  return (
    <div className="flex min-w-0 flex-col gap-0.5 rounded-l border border-line bg-surface px-4 py-3">
      <span className="text-small text-muted">{label}</span>
      {link ? link(figure) : figure}
      {detail && <span className="text-small text-muted">{detail}</span>}
    </div>
  );
}

import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { Ago } from './time.tsx';

export interface TimelineEntry {
  readonly id: string | number;
  /** ISO 8601 */
  readonly at: string;
  readonly icon: IconName;
  /** Who did it. */
  readonly by: string;
  /** What was done: follows the name. */
  readonly what: ReactNode;
  readonly detail?: ReactNode;
}

/** What happened, the newest first. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  return (
    <ol className="flex flex-col">
      {entries.map((entry) => (
        <li key={entry.id} className="group relative flex gap-3 pb-4 last:pb-0">
          <span className="absolute top-6 bottom-0 left-3 w-px bg-line group-last:hidden" />
          <span className="flex size-6 shrink-0 items-center justify-center rounded-full bg-sunken text-muted">
            <Icon name={entry.icon} className="size-3.5" />
          </span>
          <div className="min-w-0 flex-1 pt-0.5">
            <p>
              <span className="font-medium">{entry.by}</span> {entry.what}{' '}
              <Ago at={entry.at} className="text-small text-faint" />
            </p>
            {entry.detail && <div className="mt-1 break-words text-muted">{entry.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}

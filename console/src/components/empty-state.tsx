import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

/** Nothing to show: why, and what to do next. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="mx-auto flex w-full max-w-md flex-col items-center gap-2 px-6 py-16 text-center">
      <span className="mb-1 flex size-10 items-center justify-center rounded-full bg-sunken text-muted">
        <Icon name={icon} className="size-5" />
      </span>
      <h2 className="text-lead font-semibold">{title}</h2>
      {children && <div className="flex w-full min-w-0 flex-col gap-2 text-muted">{children}</div>}
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

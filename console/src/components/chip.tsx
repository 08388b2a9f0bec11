import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

const LOOKS = {
  plain: 'border-line bg-surface text-muted',
  good: 'border-transparent bg-good-soft text-good',
  warn: 'border-transparent bg-warn-soft text-warn',
  bad: 'border-transparent bg-bad-soft text-bad',
  selected: 'border-transparent bg-selected text-ink',
} as const;

/** A short fact. With `onRemove`, one that can be taken away. */
export function Chip({
  look = 'plain',
  children,
  onRemove,
  removeLabel,
}: {
  readonly look?: keyof typeof LOOKS;
  readonly children: ReactNode;
  readonly onRemove?: () => void;
  readonly removeLabel?: string;
}) {
  return (
    <span
      className={classNames(
        'inline-flex h-5 max-w-full items-center gap-1 rounded-s border px-1.5 text-small whitespace-nowrap',
        LOOKS[look],
      )}
    >
      <span className="truncate">{children}</span>
      {onRemove && (
        <button
          type="button"
          onClick={onRemove}
          aria-label={removeLabel ?? 'Remove'}
          className="-mr-1 rounded-s p-0.5 hover:bg-hover"
        >
          <Icon name="close" className="size-3" />
        </button>
      )}
    </span>
  );
}

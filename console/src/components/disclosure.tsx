import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** An entry of a list that is told more of when it is opened, in its place. Which one is open is the caller's to keep, in the URL. */
export function Disclosure({
  head,
  className,
  isOpen,
  onToggle,
  children,
}: {
  readonly head: ReactNode;
  /** How the parts of the head stand. */
  readonly className: string;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  /** Made only when it is open. */
  readonly children: ReactNode;
}) {
  return (
    <li className="rounded-l border border-line bg-surface">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={onToggle}
        className={classNames('w-full gap-x-4 gap-y-1 rounded-l px-4 py-3 text-left hover:bg-hover', className)}
      >
        {head}
      </button>
      {isOpen && <div className="flex flex-col gap-3 border-t border-line p-4">{children}</div>}
    </li>
  );
}

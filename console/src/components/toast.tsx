import { useSyncExternalStore } from 'react';
import { Button, IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly look: 'done' | 'failed';
  readonly undo?: (() => void) | undefined;
}

const SHOWN_MS = 8000;
let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function dismiss(id: number): void {
  change(toasts.filter((toast) => toast.id !== id));
}

/** Says what was done, at the edge of the screen, for some seconds; `undo` takes it back (also by Ctrl-Z or z while it is shown). */
export function tell(
  text: string,
  { look = 'done', undo }: { readonly look?: Toast['look']; readonly undo?: () => void } = {},
): void {
  const id = ++lastId;
  change([...toasts.slice(-2), { id, text, look, undo }]);
  setTimeout(() => dismiss(id), SHOWN_MS);
}

/** Takes back the newest that can be; false when there is none. */
export function undoNewest(): boolean {
  const newest = toasts.findLast(({ undo }) => undo !== undefined);
  if (newest === undefined) return false;
  dismiss(newest.id);
  newest.undo?.();
  return true;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed bottom-4 left-1/2 z-50 flex w-max max-w-[calc(100vw-2rem)] -translate-x-1/2 flex-col gap-2 max-md:bottom-18"
    >
      {shown.map(({ id, text, look, undo }) => (
        <div
          key={id}
          className="rise pointer-events-auto flex items-center gap-2 rounded-l border border-line bg-raised py-1.5 pr-1.5 pl-3 shadow-float"
        >
          <Icon
            name={look === 'done' ? 'check' : 'alerts'}
            className={classNames(look === 'done' ? 'text-good' : 'text-bad')}
          />
          <span>{text}</span>
          {undo && (
            <Button
              look="quiet"
              className="text-link"
              onClick={() => {
                dismiss(id);
                undo();
              }}
            >
              Undo <kbd>z</kbd>
            </Button>
          )}
          <IconButton icon="close" label="Dismiss" onClick={() => dismiss(id)} />
        </div>
      ))}
    </div>
  );
}

import { useEffect, useRef } from 'react';

export interface Shortcut {
  /** As shown: `j`, `Ctrl K`, `?`. A single character, or `Ctrl` (Command on a Mac) and a character. */
  readonly keys: string;
  /** For the overlay of help: what it does. */
  readonly label: string;
  readonly run: () => void;
  /** Also while somebody types in a field. */
  readonly inFields?: boolean;
}

const active = new Set<{ readonly group: string; readonly list: readonly Shortcut[] }>();

/** What the keyboard does now, by group, for the overlay of help. */
export function activeShortcuts(): readonly { readonly group: string; readonly list: readonly Shortcut[] }[] {
  return [...active];
}

/** Keys of a screen, as long as it is there. A newer one goes first. Open dialogs keep keys to themselves. */
export function useShortcuts(group: string, list: readonly Shortcut[]): void {
  const current = useRef(list);
  useEffect(() => {
    current.current = list;
  });
  useEffect(() => {
    const entry = {
      group,
      get list() {
        return current.current;
      },
    };
    active.add(entry);
    return () => {
      active.delete(entry);
    };
  }, [group]);
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input:not([type="checkbox"],[type="radio"]), textarea, select, [contenteditable="true"]') !== null
  );
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role="dialog"],[role="menu"],[role="listbox"]') !== null;
}

function keysOf(event: KeyboardEvent): string {
  return event.ctrlKey || event.metaKey ? `Ctrl ${event.key.toUpperCase()}` : event.key;
}

const SEQUENCE_MS = 1200;
let pending: { readonly first: string; readonly at: number } | undefined;

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  const keys = keysOf(event);
  const before = pending !== undefined && event.timeStamp - pending.at < SEQUENCE_MS ? pending.first : undefined;
  pending = undefined;
  const inField = isField(event.target);
  if (!keys.startsWith('Ctrl') && (inField || isInDialog(event.target))) return;
  const wanted = before === undefined ? keys : `${before} ${keys}`;
  const found = [...active]
    .reverse()
    .flatMap(({ list }) => list)
    .find((shortcut) => shortcut.keys === wanted && (!inField || shortcut.inFields));
  if (found) {
    event.preventDefault();
    found.run();
  } else if (keys === 'g' && before === undefined) pending = { first: 'g', at: event.timeStamp };
}

/** Listens for all of them, once, in the shell. */
export function useShortcutListener(): void {
  useEffect(() => {
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}

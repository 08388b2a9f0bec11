import { useSyncExternalStore } from 'react';

/** What somebody wants beside what their system says; public/theme.js puts it on the page. */
const appearances = {
  theme: ['system', 'light', 'dark'],
  contrast: ['system', 'more'],
  motion: ['system', 'less'],
} as const;

type Name = keyof typeof appearances;

const listeners = new Set<() => void>();

function read(name: Name): string {
  try {
    return localStorage.getItem(`plimsoll.${name}`) ?? 'system';
  } catch {
    return 'system';
  }
}

function write(name: Name, value: string): void {
  try {
    localStorage.setItem(`plimsoll.${name}`, value);
  } catch {
    // Without storage it stays as the system has it.
  }
  dispatchEvent(new Event('plimsoll:appearance'));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useAppearance(name: Name): readonly [string, (value: string) => void] {
  const value = useSyncExternalStore(subscribe, () => read(name));
  return [value, (next) => write(name, next)];
}

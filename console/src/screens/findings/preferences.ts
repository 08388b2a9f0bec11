import { useState } from 'react';

export interface Preferences {
  readonly density: 'compact' | 'comfortable';
  /** Ids; absent: as they come. */
  readonly columns: readonly string[] | undefined;
  /** Whether the rail of facets is there. */
  readonly hasFacets: boolean;
}

const KEY = 'plimsoll.findings';

/** How somebody likes the list; kept in this browser. */
export function readPreferences(text: string | null): Preferences {
  const value: unknown = parse(text);
  const of = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const columns = Array.isArray(of['columns']) ? of['columns'].filter((one) => typeof one === 'string') : undefined;
  return {
    density: of['density'] === 'comfortable' ? 'comfortable' : 'compact',
    columns: columns?.length === 0 ? undefined : columns,
    hasFacets: of['hasFacets'] !== false,
  };
}

function parse(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function usePreferences(): readonly [Preferences, (change: Partial<Preferences>) => void] {
  const [value, setValue] = useState(() => readPreferences(stored()));
  return [
    value,
    (change) => {
      const next = { ...value, ...change };
      setValue(next);
      try {
        localStorage.setItem(KEY, JSON.stringify(next));
      } catch {
        // It holds until the page is left.
      }
    },
  ];
}

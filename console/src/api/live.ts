import { useEffect, useRef, useState } from 'react';

/** Kinds of events that the server tells of: `finding.opened`. */
type Listener = (kind: string) => void;

const listeners = new Set<Listener>();
let source: EventSource | undefined;

/** One stream for the whole console, as long as somebody listens; the browser connects again by itself. */
function listen(listener: Listener): () => void {
  listeners.add(listener);
  if (source === undefined) {
    source = new EventSource('/api/v1/live');
    source.addEventListener('change', ({ data }: MessageEvent<string>) => {
      const kind = kindOf(data);
      if (kind !== undefined) for (const one of listeners) one(kind);
    });
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    source?.close();
    source = undefined;
  };
}

function kindOf(data: string): string | undefined {
  try {
    const event: unknown = JSON.parse(data);
    return typeof event === 'object' && event !== null && 'kind' in event && typeof event.kind === 'string'
      ? event.kind
      : undefined;
  } catch {
    return undefined;
  }
}

/** How many events of some kinds came since it was asked first, or since `reset`. */
export function useLive(isWanted: (kind: string) => boolean): { readonly count: number; readonly reset: () => void } {
  const [count, setCount] = useState(0);
  const wanted = useRef(isWanted);
  useEffect(() => {
    wanted.current = isWanted;
  });
  useEffect(() => listen((kind) => wanted.current(kind) && setCount((before) => before + 1)), []);
  return { count, reset: () => setCount(0) };
}

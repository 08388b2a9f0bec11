import { useEffect, useRef } from 'react';
import { type LiveEvent, liveTopics, readLiveEvent } from './live-event.ts';

type Listener = (event: LiveEvent) => void;

const listeners = new Set<Listener>();
let source: EventSource | undefined;

/** One stream for the whole console, as long as somebody listens; the browser goes on by itself where it ended. */
function listen(listener: Listener): () => void {
  listeners.add(listener);
  if (source === undefined) {
    source = new EventSource('/api/v1/live');
    for (const topic of liveTopics)
      source.addEventListener(topic, ({ data }: MessageEvent<string>) => {
        const event = readLiveEvent(topic, data);
        if (event !== undefined) for (const one of listeners) one(event);
      });
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    source?.close();
    source = undefined;
  };
}

/** Calls for every event, as long as the component is there. */
export function useLive(onEvent: Listener): void {
  const current = useRef(onEvent);
  useEffect(() => {
    current.current = onEvent;
  });
  useEffect(() => listen((event) => current.current(event)), []);
}

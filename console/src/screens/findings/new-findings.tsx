import { useState } from 'react';
import { useLive } from '../../api/live.ts';
import { newFindings, shownChange } from '../../api/live-event.ts';
import { showChange } from './change.ts';

/** What happens while the list is looked at: rows that are there say so in place, new ones wait until somebody wants them. */
export function NewFindings({ onShow }: { readonly onShow: () => void }) {
  const [count, setCount] = useState(0);
  const [isStale, setStale] = useState(false);
  useLive((event) => {
    if (event.topic === 'finding') showChange(new Set([event.subject]), shownChange(event));
    setCount((before) => before + newFindings(event));
    if (event.topic === 'reset' || (event.topic === 'findings' && newFindings(event) === 0)) setStale(true);
  });
  if (count === 0 && !isStale) return null;
  return (
    <button
      type="button"
      aria-live="polite"
      onClick={() => {
        setCount(0);
        setStale(false);
        onShow();
      }}
      className="rise absolute top-10 left-1/2 z-20 -translate-x-1/2 rounded-full bg-accent px-4 py-1.5 font-medium text-on-accent shadow-float max-md:py-2.5"
    >
      {count === 0 ? 'Something changed' : `${count.toLocaleString('en')} new`} · show
    </button>
  );
}

import { useLive } from '../../api/live.ts';

/** What came in since the list was read: rows do not move before somebody wants them to. */
export function NewFindings({ onShow }: { readonly onShow: () => void }) {
  const { count, reset } = useLive((kind) => kind === 'finding.opened' || kind === 'finding.reopened');
  if (count === 0) return null;
  return (
    <button
      type="button"
      aria-live="polite"
      onClick={() => {
        reset();
        onShow();
      }}
      className="rise absolute top-10 left-1/2 z-20 -translate-x-1/2 rounded-full bg-accent px-4 py-1.5 font-medium text-on-accent shadow-float"
    >
      {count.toLocaleString('en')} new · show
    </button>
  );
}

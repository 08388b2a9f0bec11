/** How far something is, in words and as a bar. Null: not known, and no bar. */
export function Progress({ progress, words }: { readonly progress: number | null; readonly words: string }) {
  const share = Math.max(0, Math.min(1, progress ?? 0));
  return (
    <span className="flex min-w-0 flex-col gap-1">
      <span className="text-small text-muted">{words}</span>
      {progress !== null && (
        <span aria-hidden="true" className="block h-1.5 overflow-hidden rounded-full bg-sunken">
          <span className="block h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
        </span>
      )}
    </span>
  );
}

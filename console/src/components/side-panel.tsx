import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from './button.tsx';
import { useMedia } from './media.ts';

/**
 * The story of one row beside its list, which stays as it is and can be walked on with j and k. On a phone it takes the whole screen.
 * The focus comes to it when it is opened by hand and goes back to the list when it closes.
 */
export function SidePanel({
  label,
  header,
  children,
  onClose,
  takesFocus = false,
}: {
  readonly label: string;
  readonly header: ReactNode;
  readonly children: ReactNode;
  readonly onClose: () => void;
  readonly takesFocus?: boolean;
}) {
  const panel = useRef<HTMLElement>(null);
  const isNarrow = useMedia('(max-width: 1023px)');
  useEffect(() => {
    if (takesFocus || isNarrow) panel.current?.focus();
  }, [takesFocus, isNarrow]);
  return (
    <section
      ref={panel}
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.stopPropagation();
        onClose();
      }}
      className="slide flex min-h-0 w-[min(36rem,46vw)] shrink-0 flex-col border-l border-line bg-surface outline-none max-lg:fixed max-lg:inset-0 max-lg:z-30 max-lg:w-full max-lg:border-0"
    >
      <div className="flex items-start gap-2 border-b border-line py-3 pr-3 pl-5">
        <div className="min-w-0 flex-1">{header}</div>
        <IconButton icon="close" label="Close" shortcut="Esc" onClick={onClose} />
      </div>
      {children}
    </section>
  );
}

import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

/** Words beside the pointer or the focus. `children` is one element that can be focused. */
export function Tooltip({
  text,
  shortcut,
  children,
}: {
  readonly text: ReactNode;
  readonly shortcut?: string | undefined;
  readonly children: ReactElement;
}) {
  return (
    <Radix.Root delayDuration={350}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          sideOffset={6}
          collisionPadding={8}
          className="appear z-50 max-w-72 rounded-m border border-line bg-raised px-2.5 py-1.5 text-small text-ink shadow-float"
        >
          {text}
          {shortcut && <kbd className="ml-2">{shortcut}</kbd>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

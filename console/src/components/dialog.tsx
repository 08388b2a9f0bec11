import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';

interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** Under the title, for whoever needs a sentence. */
  readonly about?: ReactNode;
  readonly children: ReactNode;
  /** Buttons; the one that does it comes last. */
  readonly footer?: ReactNode;
  readonly width?: 'm' | 'l';
}

/** Where no field asks for the focus: not the button that closes it, which would show its label over the text. */
function focusWhole(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}

/** Asks something before anything else goes on. Escape and the backdrop close it; the focus goes back to where it was. */
export function Dialog({ isOpen, onClose, title, about, children, footer, width = 'm' }: DialogProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        {/* Not Radix's own overlay: it writes a style sheet into the page, which the policy of the pages forbids. */}
        <div className="appear fixed inset-0 z-40 bg-shade" />
        <Radix.Content
          onOpenAutoFocus={focusWhole}
          {...(about === undefined && { 'aria-describedby': undefined })}
          className={classNames(
            'rise fixed z-40 flex max-h-[calc(100dvh-2rem)] flex-col rounded-l border border-line bg-raised shadow-float outline-none',
            'top-1/2 left-1/2 w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2',
            width === 'm' ? 'max-w-lg' : 'max-w-3xl',
          )}
        >
          <div className="flex items-start gap-3 px-5 pt-4 pb-2">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lead font-semibold">{title}</Radix.Title>
              {about !== undefined && <Radix.Description className="mt-0.5 text-muted">{about}</Radix.Description>}
            </div>
            <IconButton icon="close" label="Close" onClick={onClose} className="-mt-1 -mr-2" />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-2">{children}</div>
          {footer && <div className="flex flex-wrap justify-end gap-2 px-5 pt-2 pb-4">{footer}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

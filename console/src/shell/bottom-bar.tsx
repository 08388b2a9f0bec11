import { Link } from '@tanstack/react-router';
import { Dialog as Radix } from 'radix-ui';
import type { Me } from '../api/queries.ts';
import { IconButton } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { AccountMenu } from './account-menu.tsx';
import type { NavigationEntry } from './navigation.ts';
import { Entries } from './sidebar.tsx';

const IN_BAR = 4;
const look =
  'flex h-14 flex-1 flex-col items-center justify-center gap-0.5 text-tiny text-muted data-[status=active]:text-link';

/** The navigation of a phone: what is used most within reach of the thumb, the rest behind one more touch. */
export function BottomBar({
  entries,
  onMore,
}: {
  readonly entries: readonly NavigationEntry[];
  readonly onMore: () => void;
}) {
  return (
    <nav
      aria-label="Most used screens"
      className="flex shrink-0 border-t border-line bg-page pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {entries.slice(0, IN_BAR).map(({ label, to, icon }) => (
        <Link key={label} to={to} className={look}>
          <Icon name={icon} className="size-5" />
          {label}
        </Link>
      ))}
      <button type="button" onClick={onMore} className={look}>
        <Icon name="menu" className="size-5" />
        More
      </button>
    </nav>
  );
}

export function Drawer({
  me,
  entries,
  onClose,
  onPalette,
}: {
  readonly me: Me;
  readonly entries: readonly NavigationEntry[];
  readonly onClose: () => void;
  readonly onPalette: () => void;
}) {
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <div className="appear fixed inset-0 z-40 bg-shade" />
        <Radix.Content
          aria-describedby={undefined}
          className="slide fixed inset-y-0 right-0 z-40 flex w-72 max-w-[85vw] flex-col border-l border-line bg-raised outline-none"
        >
          <div className="flex h-14 items-center gap-1 px-4">
            <Radix.Title className="flex-1 font-semibold">Plimsoll</Radix.Title>
            <IconButton icon="search" label="Search or do" onClick={onPalette} />
            <IconButton icon="close" label="Close" onClick={onClose} />
          </div>
          <Entries entries={entries} onFollow={onClose} />
          <div className="border-t border-line p-2">
            <AccountMenu me={me} onFollow={onClose} />
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

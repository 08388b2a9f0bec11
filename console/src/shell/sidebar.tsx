import { Link } from '@tanstack/react-router';
import type { Me } from '../api/queries.ts';
import { IconButton } from '../components/button.tsx';
import { classNames } from '../components/class-names.ts';
import { Icon } from '../components/icon.tsx';
import { AccountMenu } from './account-menu.tsx';
import { Mark } from './mark.tsx';
import type { NavigationEntry } from './navigation.ts';

const GROUPS = ['work', 'estate', 'rules', 'program', 'system'] as const;

export function Sidebar({
  me,
  entries,
  onPalette,
  onHelp,
}: {
  readonly me: Me;
  readonly entries: readonly NavigationEntry[];
  readonly onPalette: () => void;
  readonly onHelp: () => void;
}) {
  return (
    <aside aria-label="Plimsoll" className="flex w-52 shrink-0 flex-col border-r border-line bg-page max-md:hidden">
      <div className="flex h-12 items-center gap-2 px-4 font-semibold">
        <Mark />
        Plimsoll
      </div>
      <div className="px-3 pb-2">
        <button
          type="button"
          onClick={onPalette}
          className="flex h-8 w-full items-center gap-2 rounded-m border border-line bg-surface px-2 text-muted hover:border-line-strong"
        >
          <Icon name="search" />
          <span className="flex-1 text-left">Search or do</span>
          <kbd>Ctrl K</kbd>
        </button>
      </div>
      <Entries entries={entries} />
      <div className="mt-auto flex items-center gap-1 border-t border-line p-2">
        <AccountMenu me={me} />
        <IconButton icon="help" label="Keys" shortcut="?" onClick={onHelp} />
      </div>
    </aside>
  );
}

export function Entries({
  entries,
  onFollow,
}: {
  readonly entries: readonly NavigationEntry[];
  readonly onFollow?: () => void;
}) {
  return (
    <nav aria-label="Screens" className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-3 py-1">
      {GROUPS.map((group) => {
        const own = entries.filter((entry) => entry.group === group);
        return (
          own.length > 0 && (
            <div key={group} className="flex flex-col gap-px">
              {own.map(({ label, to, icon }) => (
                <Link
                  key={label}
                  to={to}
                  {...(onFollow && { onClick: onFollow })}
                  className={classNames(
                    'flex h-8 items-center gap-2.5 rounded-m px-2 text-muted hover:bg-hover hover:text-ink max-md:h-11',
                    'data-[status=active]:bg-selected data-[status=active]:font-medium data-[status=active]:text-ink',
                  )}
                >
                  <Icon name={icon} />
                  {label}
                </Link>
              ))}
            </div>
          )
        );
      })}
    </nav>
  );
}

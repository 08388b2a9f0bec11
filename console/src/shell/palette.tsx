import { useNavigate, useRouter } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { Dialog as Radix } from 'radix-ui';
import { useState } from 'react';
import { useMe } from '../api/me.ts';
import { Icon, type IconName } from '../components/icon.tsx';
import { useAppearance } from '../design/appearance.ts';
import { visibleEntries } from './entries.ts';
import { activeShortcuts } from './shortcuts.ts';

interface Choice {
  readonly label: string;
  readonly icon: IconName;
  readonly hint?: string;
  readonly run: () => void;
}

/** Everything by its name: screens, what the screen can do now, and a search of the findings. */
export function Palette({ onClose, onHelp }: { readonly onClose: () => void; readonly onHelp: () => void }) {
  const [text, setText] = useState('');
  const groups = useChoices(text.trim(), onHelp);
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <div className="appear fixed inset-0 z-40 bg-shade" />
        <Radix.Content
          aria-describedby={undefined}
          className="rise fixed top-[12dvh] left-1/2 z-40 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-l border border-line bg-raised shadow-float outline-none"
        >
          <Radix.Title className="sr-only">Search or do</Radix.Title>
          <Command label="Search or do" loop>
            <div className="flex items-center gap-2 border-b border-line px-4">
              <Icon name="search" className="text-muted" />
              <Command.Input
                value={text}
                onValueChange={setText}
                placeholder="Go to, do, or find"
                className="h-11 flex-1 bg-transparent outline-none placeholder:text-faint max-md:text-[16px]"
              />
              <kbd>Esc</kbd>
            </div>
            <Command.List className="max-h-[60dvh] overflow-y-auto p-1.5">
              {groups.map(({ heading, choices, isAlways }) => (
                <Command.Group
                  key={heading}
                  heading={heading}
                  forceMount={isAlways}
                  className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-small [&_[cmdk-group-heading]]:text-muted"
                >
                  {choices.map(({ label, icon, hint, run }) => (
                    <Command.Item
                      key={label}
                      forceMount={isAlways}
                      onSelect={() => {
                        onClose();
                        run();
                      }}
                      className="flex h-9 cursor-pointer items-center gap-2.5 rounded-m px-2.5 data-[selected=true]:bg-selected max-md:h-11"
                    >
                      <Icon name={icon} className="text-muted" />
                      <span className="min-w-0 flex-1 truncate">{label}</span>
                      {hint && <kbd>{hint}</kbd>}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ChoiceGroup {
  readonly heading: string;
  readonly choices: readonly Choice[];
  /** Also when its words are not those that were typed. */
  readonly isAlways: boolean;
}

function useChoices(text: string, onHelp: () => void): readonly ChoiceGroup[] {
  const me = useMe();
  const router = useRouter();
  const navigate = useNavigate();
  const [, setTheme] = useAppearance('theme');
  const here = activeShortcuts()
    .filter(({ group }) => group !== 'Everywhere')
    .flatMap(({ list }) => list)
    .map(({ keys, label, run }): Choice => ({ label, icon: 'right', hint: keys, run }));
  const find = (label: string, filter: string): Choice => ({
    label,
    icon: 'findings',
    run: () => void navigate({ to: '/findings', search: { filter } }),
  });
  return [
    ...(text === ''
      ? []
      : [
          {
            heading: 'Find',
            isAlways: true,
            choices: [
              find(`Findings about “${text}”`, `is:open ${quoted(text)}`),
              find(`Where is the package “${text}”?`, `package:${quoted(text)}`),
            ],
          },
        ]),
    {
      heading: 'Go to',
      isAlways: false,
      choices: [
        ...visibleEntries(me).map(
          ({ label, icon, key, to }): Choice => ({
            label,
            icon,
            hint: `g ${key}`,
            run: () => void router.navigate({ to }),
          }),
        ),
        { label: 'Your account', icon: 'account', run: () => void router.navigate({ to: '/account' }) },
        { label: 'Design system', icon: 'columns', run: () => void router.navigate({ to: '/design' }) },
      ],
    },
    ...(here.length > 0 ? [{ heading: 'On this screen', isAlways: false, choices: here }] : []),
    {
      heading: 'Appearance and help',
      isAlways: false,
      choices: [
        { label: 'Light theme', icon: 'sun', run: () => setTheme('light') },
        { label: 'Dark theme', icon: 'sun', run: () => setTheme('dark') },
        { label: 'Theme of the system', icon: 'sun', run: () => setTheme('system') },
        { label: 'Keys', icon: 'help', hint: '?', run: onHelp },
      ],
    },
  ];
}

function quoted(text: string): string {
  return /[\s,":<>=]/.test(text) ? `"${text.replaceAll('"', '\\"')}"` : text;
}

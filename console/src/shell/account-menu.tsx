import { useRouter } from '@tanstack/react-router';
import type { Me } from '../api/queries.ts';
import { signOut } from '../api/session.ts';
import { Icon } from '../components/icon.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../components/menu.tsx';
import { useAppearance } from '../design/appearance.ts';

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

export function AccountMenu({ me, onFollow }: { readonly me: Me; readonly onFollow?: () => void }) {
  const router = useRouter();
  const [theme, setTheme] = useAppearance('theme');
  const [contrast, setContrast] = useAppearance('contrast');
  const go = (to: '/account' | '/design') => {
    onFollow?.();
    void router.navigate({ to });
  };
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-m px-2 text-left hover:bg-hover max-md:h-11 max-md:w-full"
        >
          <span
            aria-hidden="true"
            className="flex size-5 shrink-0 items-center justify-center rounded-full bg-accent text-tiny font-semibold text-on-accent"
          >
            {me.name.charAt(0).toUpperCase()}
          </span>
          <span className="min-w-0 flex-1 truncate">{me.name}</span>
          <Icon name="up" className="text-faint" />
        </button>
      }
    >
      <MenuItem icon="account" onSelect={() => go('/account')}>
        Your account
      </MenuItem>
      <MenuItem icon="columns" onSelect={() => go('/design')}>
        Design system
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>Appearance</MenuLabel>
      {THEMES.map(({ value, label }) => (
        <MenuItem key={value} {...(theme === value && { icon: 'check' as const })} onSelect={() => setTheme(value)}>
          {label}
        </MenuItem>
      ))}
      <MenuItem
        {...(contrast === 'more' && { icon: 'check' as const })}
        onSelect={() => setContrast(contrast === 'more' ? 'system' : 'more')}
      >
        High contrast
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon="right" onSelect={() => void signOut().then(() => router.navigate({ to: '/sign-in' }))}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

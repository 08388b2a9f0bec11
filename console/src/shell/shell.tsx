import { Outlet, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useMe } from '../api/me.ts';
import { Boundary } from '../components/failure.tsx';
import { undoNewest } from '../components/toast.tsx';
import { BottomBar, Drawer } from './bottom-bar.tsx';
import { visibleEntries } from './entries.ts';
import { useShortcutListener, useShortcuts } from './shortcuts.ts';
import { Sidebar } from './sidebar.tsx';

const Palette = lazy(() => import('./palette.tsx').then(({ Palette }) => ({ default: Palette })));
const Help = lazy(() => import('./help.tsx').then(({ Help }) => ({ default: Help })));

/** The frame of every screen: navigation, palette, help, and the keys that work everywhere. */
export function Shell() {
  const me = useMe();
  const router = useRouter();
  const [shown, setShown] = useState<'palette' | 'help' | 'drawer'>();
  const entries = visibleEntries(me);
  useShortcutListener();
  useShortcuts('Everywhere', [
    { keys: 'Ctrl K', label: 'Command palette', run: () => setShown('palette'), inFields: true },
    { keys: '?', label: 'These keys', run: () => setShown('help') },
    { keys: 'z', label: 'Undo what was done last, while it says so', run: undoNewest },
    ...entries.map(({ key, label, to }) => ({
      keys: `g ${key}`,
      label: `Go to ${label}`,
      run: () => void router.navigate({ to }),
    })),
  ]);
  const close = () => setShown(undefined);
  return (
    <div className="flex h-full min-h-0 max-md:flex-col">
      <a href="#content" className="sr-only focus:not-sr-only focus:fixed focus:z-50 focus:bg-raised focus:p-2">
        Skip to the content
      </a>
      <Sidebar me={me} entries={entries} onPalette={() => setShown('palette')} onHelp={() => setShown('help')} />
      <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
        <Boundary>
          <Outlet />
        </Boundary>
      </main>
      <BottomBar entries={entries} onMore={() => setShown('drawer')} />
      {shown === 'drawer' && <Drawer me={me} entries={entries} onClose={close} onPalette={() => setShown('palette')} />}
      <Suspense>
        {shown === 'palette' && <Palette onClose={close} onHelp={() => setShown('help')} />}
        {shown === 'help' && <Help onClose={close} />}
      </Suspense>
    </div>
  );
}

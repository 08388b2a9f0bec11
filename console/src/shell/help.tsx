import { Dialog } from '../components/dialog.tsx';
import { activeShortcuts } from './shortcuts.ts';

/** What the keyboard does here. */
export function Help({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Keys"
      about="Of this screen first. A capital letter means with Shift."
      width="l"
    >
      <div className="grid gap-x-8 gap-y-5 pb-4 sm:grid-cols-2">
        {activeShortcuts()
          .toReversed()
          .map(({ group, list }) => (
            <section key={group}>
              <h3 className="mb-1.5 font-medium">{group}</h3>
              <dl className="flex flex-col gap-1">
                {list.map(({ keys, label }) => (
                  <div key={keys} className="flex items-center gap-3">
                    <dt className="flex w-20 shrink-0 gap-1">
                      {keys.split(' ').map((key) => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </dt>
                    <dd className="text-muted">{label}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </div>
    </Dialog>
  );
}

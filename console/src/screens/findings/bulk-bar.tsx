import { may, useMe } from '../../api/me.ts';
import { Button, IconButton } from '../../components/button.tsx';
import type { Actions } from './actions.ts';
import type { Finding } from './data.ts';

/** What can be done about all that are selected. */
export function BulkBar({
  findings,
  actions,
  onClear,
}: {
  readonly findings: readonly Finding[];
  readonly actions: Actions;
  readonly onClear: () => void;
}) {
  const me = useMe();
  const canTriage = may(me, 'findings:triage');
  return (
    <div
      role="toolbar"
      aria-label="Selected findings"
      className="rise absolute bottom-4 left-1/2 z-20 flex max-w-[calc(100%-2rem)] -translate-x-1/2 items-center gap-1.5 overflow-x-auto rounded-l border border-line bg-raised py-2 pr-2 pl-4 shadow-float"
    >
      <span className="mr-2 font-medium whitespace-nowrap">{findings.length.toLocaleString('en')} selected</span>
      {canTriage && (
        <>
          <Button onClick={() => actions.assignToMe(findings)}>
            Assign to me <kbd className="max-md:hidden">a</kbd>
          </Button>
          <Button onClick={() => actions.assign(findings)}>
            Assign <kbd className="max-md:hidden">A</kbd>
          </Button>
          <Button onClick={() => actions.start(findings)}>
            Start <kbd className="max-md:hidden">s</kbd>
          </Button>
          <Button onClick={() => actions.due(findings)}>
            Date <kbd className="max-md:hidden">d</kbd>
          </Button>
        </>
      )}
      {may(me, 'exceptions:request') && (
        <Button onClick={() => actions.except(findings)}>
          Exception <kbd className="max-md:hidden">e</kbd>
        </Button>
      )}
      <IconButton icon="close" label="Select nothing" shortcut="Esc" onClick={onClear} />
    </div>
  );
}

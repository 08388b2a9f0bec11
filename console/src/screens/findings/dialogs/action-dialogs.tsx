import type { Asking } from '../actions.ts';
import { AssignDialog } from './assign.tsx';
import { DueDialog } from './due.tsx';
import { ExceptionDialog } from './exception.tsx';

const DIALOGS = { assign: AssignDialog, due: DueDialog, except: ExceptionDialog } as const;

export function ActionDialogs({
  asking,
  onClose,
}: {
  readonly asking: Asking | undefined;
  readonly onClose: () => void;
}) {
  if (asking === undefined) return null;
  const Asked = DIALOGS[asking.what];
  return <Asked findings={asking.findings} onClose={onClose} />;
}

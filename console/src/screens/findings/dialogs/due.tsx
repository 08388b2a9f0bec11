import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { TextAreaField, TextField } from '../../../components/field.tsx';
import { changeFindings } from '../change.ts';
import type { Finding } from '../data.ts';

/** Another date than the policy's, with a reason that stays in the history. */
export function DueDialog({
  findings,
  onClose,
}: {
  readonly findings: readonly Finding[];
  readonly onClose: () => void;
}) {
  const [day, setDay] = useState(findings[0]?.dueAt?.slice(0, 10) ?? '');
  const [reason, setReason] = useState('');
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="By when?"
      about="Takes the place of the date that follows from the policy, for good."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={day === '' || reason.trim() === ''}
            onClick={() => {
              onClose();
              void changeFindings(findings, { dueAt: `${day}T23:59:59Z`, reason }, `Due ${day}`);
            }}
          >
            Set the date
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TextField label="Date" type="date" autoFocus value={day} onChange={(event) => setDay(event.target.value)} />
        <TextAreaField
          label="Reason"
          hint="Whoever looks at it later reads this."
          rows={2}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
    </Dialog>
  );
}

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, faultOf, wordsOf } from '../../../api/api.ts';
import { ApiProblem } from '../../../api/client.ts';
import { useMe } from '../../../api/me.ts';
import { queryClient } from '../../../api/queries.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { SelectField, TextField } from '../../../components/field.tsx';
import { tell } from '../../../components/toast.tsx';
import type { FindingSort } from '../data.ts';

/** Keeps filter, order and columns under a name: for oneself, or for a team whose members see and change it. */
export function SaveViewDialog({
  filter,
  sort,
  columns,
  onSaved,
  onClose,
}: {
  readonly filter: string;
  readonly sort: FindingSort;
  readonly columns: readonly string[];
  readonly onSaved: (id: string) => void;
  readonly onClose: () => void;
}) {
  const me = useMe();
  const [name, setName] = useState('');
  const [team, setTeam] = useState('');
  const save = useMutation({
    mutationFn: () =>
      call('addView', { body: { name, filter, sort, columns: [...columns], team: team === '' ? null : team } }),
    onSuccess: ({ id }) => {
      void queryClient.invalidateQueries({ queryKey: ['views'] });
      tell(`Saved as ${name}`);
      onSaved(id);
      onClose();
    },
  });
  const hasFields = save.error instanceof ApiProblem && save.error.fields.length > 0;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Save this view"
      about={<code className="font-mono text-small">{filter === '' ? 'all findings' : filter}</code>}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={name.trim() === ''} isBusy={save.isPending} onClick={() => save.mutate()}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TextField
          label="Name"
          autoFocus
          maxLength={200}
          error={faultOf(save.error, 'name')}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <SelectField
          label="For"
          value={team}
          onChange={(event) => setTeam(event.target.value)}
          options={[
            { value: '', label: 'Only me' },
            ...me.teams.map(({ id, name }) => ({ value: id, label: `Team ${name}` })),
          ]}
        />
        {save.error && !hasFields && (
          <p role="alert" className="text-bad">
            {wordsOf(save.error)}
          </p>
        )}
      </div>
    </Dialog>
  );
}

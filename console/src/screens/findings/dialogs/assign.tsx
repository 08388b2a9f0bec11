import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { all } from '../../../api/api.ts';
import { may, useMe } from '../../../api/me.ts';
import type { Me } from '../../../api/queries.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { SelectField } from '../../../components/field.tsx';
import { changeFindings } from '../change.ts';
import type { Finding } from '../data.ts';

interface Person {
  readonly id: string;
  readonly name: string;
}

/** Whom somebody can see: all people, or the members of their own teams. */
async function people(me: Me, signal: AbortSignal): Promise<readonly Person[]> {
  const found = new Map<string, Person>();
  if (may(me, 'accounts:read')) {
    for await (const { id, name, kind } of all('listAccounts', undefined, { signal }))
      if (kind === 'person') found.set(id, { id, name });
  } else
    for (const { id } of me.teams)
      for await (const member of all('listMembers', { params: { id } }, { signal })) found.set(member.id, member);
  return [...found.values()].toSorted((one, other) => one.name.localeCompare(other.name));
}

export function AssignDialog({
  findings,
  onClose,
}: {
  readonly findings: readonly Finding[];
  readonly onClose: () => void;
}) {
  const me = useMe();
  const [assignee, setAssignee] = useState(findings[0]?.assignee ?? me.id);
  const known =
    useQuery({ queryKey: ['people'], queryFn: ({ signal }) => people(me, signal), staleTime: 60_000 }).data ?? [];
  const others = known.filter(({ id }) => id !== me.id);
  const name = others.find(({ id }) => id === assignee)?.name;
  const assign = () => {
    onClose();
    const done = assignee === '' ? 'Assigned to nobody' : `Assigned to ${name ?? 'you'}`;
    void changeFindings(findings, { assignee: assignee === '' ? null : assignee }, done);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={
        findings.length === 1 ? 'Who does something about it?' : `Who does something about these ${findings.length}?`
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" onClick={assign}>
            Assign
          </Button>
        </>
      }
    >
      <SelectField
        label="Assignee"
        autoFocus
        hint="People of your teams; whoever administers accounts sees all."
        value={assignee}
        onChange={(event) => setAssignee(event.target.value)}
        options={[
          { value: me.id, label: `${me.name} (you)` },
          ...others.map(({ id, name }) => ({ value: id, label: name })),
          { value: '', label: 'Nobody' },
        ]}
      />
    </Dialog>
  );
}

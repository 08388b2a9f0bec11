import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, faultOf } from '../../api/api.ts';
import { teamsQuery } from '../../api/lists.ts';
import { SelectField, TextField } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { type Binding, policiesQuery } from './data.ts';

const ACTIONS = [
  { value: 'audit', label: 'Note it: nothing is held up' },
  { value: 'warn', label: 'Warn: whoever builds sees it' },
  { value: 'deny', label: 'Deny: builds and uploads end with an error' },
] as const;

const KINDS = ['repository', 'workload', 'host', 'project'] as const;

/** Puts a policy, or all of a pack, in force somewhere. */
export function BindDialog({ policy: given, onClose }: { readonly policy?: string; readonly onClose: () => void }) {
  const teams = useQuery(teamsQuery).data ?? [];
  const { packs = [], policies = [] } = useQuery(policiesQuery).data ?? {};
  const [policy, setPolicy] = useState(given ?? '');
  const [action, setAction] = useState<Binding['action']>('audit');
  const [team, setTeam] = useState('');
  const [kind, setKind] = useState<Binding['assetKind']>(null);
  const [prefix, setPrefix] = useState('');
  const chosen = policy || (packs[0]?.id ?? '');
  return (
    <FormDialog
      title="Put in force"
      about="It counts from the next scan or upload on that names the server."
      verb="Put in force"
      done="In force"
      isValid={chosen !== ''}
      changes={['policy-bindings']}
      run={() =>
        call('addPolicyBinding', {
          body: { policy: chosen, action, team: team === '' ? null : team, assetKind: kind, assetPrefix: prefix },
        })
      }
      onClose={onClose}
    >
      {(error) => (
        <>
          <SelectField
            label="What"
            value={chosen}
            error={faultOf(error, 'policy')}
            onChange={({ target }) => setPolicy(target.value)}
            options={[
              ...packs.map(({ id, title }) => ({ value: id, label: `All of ${title}` })),
              ...policies.map(({ id, title }) => ({ value: id, label: title })),
            ]}
          />
          <SelectField
            label="What it does"
            value={action}
            onChange={({ target }) => setAction(ACTIONS.find(({ value }) => value === target.value)?.value ?? action)}
            options={ACTIONS}
          />
          <SelectField
            label="For what is owned by"
            value={team}
            error={faultOf(error, 'team')}
            onChange={({ target }) => setTeam(target.value)}
            options={[{ value: '', label: 'anybody' }, ...teams.map(({ id, name }) => ({ value: id, label: name }))]}
          />
          <SelectField
            label="Kind"
            value={kind ?? ''}
            onChange={({ target }) => setKind(KINDS.find((one) => one === target.value) ?? null)}
            options={[{ value: '', label: 'any' }, ...KINDS.map((value) => ({ value, label: value }))]}
          />
          <TextField
            label="Names begin with"
            hint="Optional."
            placeholder="registry.example/shop/"
            value={prefix}
            onChange={({ target }) => setPrefix(target.value)}
          />
        </>
      )}
    </FormDialog>
  );
}

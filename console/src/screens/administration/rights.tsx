import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { all, call, faultOf } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import { collect, teamsQuery } from '../../api/lists.ts';
import { may, useMe } from '../../api/me.ts';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { Ago } from '../../components/time.tsx';
import { Section } from '../../shell/page.tsx';
import { accountsQuery, useAccountName, useTeamName } from './names.ts';
import { roles, type Scope, scopeWords } from './scope.ts';

type Grant = ItemOf<'listGrants'>;

/** Who has which role where. */
export function Rights() {
  const me = useMe();
  const accountName = useAccountName();
  const teamName = useTeamName();
  const query = useQuery({ queryKey: ['grants'], queryFn: () => collect(all('listGrants')) });
  const [isAdding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<Grant>();
  const holder = ({ account, team }: Grant) => (team === null ? accountName(account) : `team ${teamName(team)}`);
  const canWrite = may(me, 'accounts:write');
  return (
    <Section
      title="Roles and rights"
      about="A role within a scope, given to an account or to all of a team. What somebody may see follows from these and nothing else."
      actions={
        canWrite && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            Grant
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {(grants) => (
          <PlainTable
            label="Grants"
            rows={grants.toSorted((a, b) => holder(a).localeCompare(holder(b)))}
            idOf={({ id }) => id}
            columns={[
              { id: 'who', title: 'Who', cell: (grant) => <span className="font-medium">{holder(grant)}</span> },
              {
                id: 'role',
                title: 'Role',
                cell: ({ role }) => roles.find(({ value }) => value === role)?.label ?? role,
              },
              { id: 'scope', title: 'For', cell: ({ scope }) => scopeWords(scope, teamName) },
              { id: 'since', title: 'Since', isWide: true, cell: ({ createdAt }) => <Ago at={createdAt} /> },
              {
                id: 'more',
                title: <span className="sr-only">Actions</span>,
                align: 'right',
                cell: (grant) =>
                  canWrite && (
                    <Button look="quiet" onClick={() => setRemoved(grant)}>
                      Take away
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      <RoleList />
      {isAdding && <AddGrant onClose={() => setAdding(false)} />}
      {removed && (
        <FormDialog
          title="Take this right away?"
          about={`${holder(removed)}: ${removed.role}, ${scopeWords(removed.scope, teamName)}. It holds no more from the next request on.`}
          verb="Take away"
          isDanger
          done="Right taken away"
          changes={['grants', 'me']}
          run={() => call('removeGrant', { params: { id: removed.id } })}
          onClose={() => setRemoved(undefined)}
        />
      )}
    </Section>
  );
}

function RoleList() {
  return (
    <details className="text-muted">
      <summary className="cursor-pointer">What each role may do</summary>
      <dl className="mt-2 grid grid-cols-[8rem_1fr] gap-y-1">
        {roles.map(({ value, label, about }) => (
          <div key={value} className="contents">
            <dt className="font-medium text-ink">{label}</dt>
            <dd>{about}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

const KINDS = ['repository', 'workload', 'host', 'project'] as const;

function AddGrant({ onClose }: { readonly onClose: () => void }) {
  const accounts = useQuery(accountsQuery).data ?? [];
  const teams = useQuery(teamsQuery).data ?? [];
  const [who, setWho] = useState('');
  const [role, setRole] = useState<Grant['role']>('developer');
  const [where, setWhere] = useState('all');
  const [kind, setKind] = useState<(typeof KINDS)[number]>('repository');
  const [prefix, setPrefix] = useState('');
  const holder = who || (accounts[0] ? `account ${accounts[0].id}` : '');
  const [holderKind, holderId = ''] = holder.split(' ');
  const scope: Scope =
    where === 'all'
      ? { kind: 'all' }
      : where === 'assets'
        ? { kind: 'assets', asset: kind, prefix }
        : { kind: 'team', team: where };
  return (
    <FormDialog
      title="Grant a role"
      verb="Grant"
      done="Granted"
      isValid={holderId !== '' && (where !== 'assets' || prefix.trim() !== '')}
      changes={['grants', 'me']}
      run={() =>
        call('addGrant', {
          body: { ...(holderKind === 'team' ? { team: holderId } : { account: holderId }), role, scope },
        })
      }
      onClose={onClose}
    >
      {(error) => (
        <>
          <SelectField
            label="Who"
            value={holder}
            onChange={({ target }) => setWho(target.value)}
            options={[
              ...accounts.map(({ id, name }) => ({ value: `account ${id}`, label: name })),
              ...teams.map(({ id, name }) => ({ value: `team ${id}`, label: `everybody in ${name}` })),
            ]}
          />
          <SelectField
            label="Role"
            value={role}
            hint={roles.find(({ value }) => value === role)?.about}
            onChange={({ target }) => setRole(roles.find(({ value }) => value === target.value)?.value ?? role)}
            options={roles}
          />
          <SelectField
            label="For"
            value={where}
            onChange={({ target }) => setWhere(target.value)}
            options={[
              { value: 'all', label: 'Everything' },
              ...teams.map(({ id, name }) => ({ value: id, label: `What ${name} owns` })),
              { value: 'assets', label: 'Assets by the beginning of their names' },
            ]}
          />
          {where === 'assets' && (
            <div className="grid grid-cols-[10rem_1fr] gap-3">
              <SelectField
                label="Kind"
                value={kind}
                onChange={({ target }) => setKind(KINDS.find((one) => one === target.value) ?? kind)}
                options={KINDS.map((value) => ({ value, label: value }))}
              />
              <TextField
                label="Names begin with"
                placeholder="registry.example/shop/"
                value={prefix}
                error={faultOf(error, 'scope.prefix')}
                onChange={({ target }) => setPrefix(target.value)}
              />
            </div>
          )}
        </>
      )}
    </FormDialog>
  );
}

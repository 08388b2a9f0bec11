import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { all, call, faultOf } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import { collect, teamsQuery } from '../../api/lists.ts';
import { may, useMe } from '../../api/me.ts';
import { queryClient } from '../../api/queries.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { tell } from '../../components/toast.tsx';
import { Section } from '../../shell/page.tsx';
import { accountsQuery } from './names.ts';

type Team = ItemOf<'listTeams'>;
type Asking = { readonly kind: 'rename' | 'remove' | 'member'; readonly team: Team };

/** Who works together: what a team owns, and who is in it. */
export function Teams() {
  const me = useMe();
  const query = useQuery(teamsQuery);
  const teams = query.data ?? [];
  const members = useQueries({
    queries: teams.map(({ id }) => ({
      queryKey: ['teams', 'members', id],
      queryFn: () => collect(all('listMembers', { params: { id } })),
    })),
  });
  const membersOf = (id: string) => members[teams.findIndex((team) => team.id === id)]?.data ?? [];
  const [isAdding, setAdding] = useState(false);
  const [asking, setAsking] = useState<Asking>();
  const canWrite = may(me, 'accounts:write');
  return (
    <Section
      title="Teams"
      about="A team owns assets by the rules of ownership. Its members see what it owns as far as it has rights."
      actions={
        canWrite && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            Add
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {(rows) => (
          <PlainTable
            label="Teams"
            rows={rows.toSorted((a, b) => a.name.localeCompare(b.name))}
            idOf={({ id }) => id}
            empty={
              <EmptyState icon="account" title="No teams yet">
                <p>Add a team, put people into it, and say what it owns under Ownership.</p>
              </EmptyState>
            }
            columns={[
              { id: 'name', title: 'Team', cell: ({ name }) => <span className="font-medium">{name}</span> },
              {
                id: 'members',
                title: 'Members',
                cell: (team) => <Members team={team} members={membersOf(team.id)} canWrite={canWrite} />,
              },
              {
                id: 'findings',
                title: 'Owns',
                isWide: true,
                cell: ({ id, name }) => (
                  <span className="flex gap-3">
                    <Link to="/inventory" search={{ team: id }} className="text-link hover:underline">
                      assets
                    </Link>
                    <Link
                      to="/findings"
                      search={{ filter: `is:open team:"${name}"` }}
                      className="text-link hover:underline"
                    >
                      findings
                    </Link>
                  </span>
                ),
              },
              {
                id: 'more',
                title: <span className="sr-only">Actions</span>,
                align: 'right',
                cell: (team) => canWrite && <TeamMenu team={team} onAsk={setAsking} />,
              },
            ]}
          />
        )}
      </Loaded>
      {isAdding && <NameTeam onClose={() => setAdding(false)} />}
      {asking?.kind === 'rename' && <NameTeam team={asking.team} onClose={() => setAsking(undefined)} />}
      {asking?.kind === 'member' && (
        <AddMember team={asking.team} members={membersOf(asking.team.id)} onClose={() => setAsking(undefined)} />
      )}
      {asking?.kind === 'remove' && (
        <FormDialog
          title="Remove the team?"
          about={
            <>
              <strong>{asking.team.name}</strong>. What it owns is nobody’s then, and rights about it go with it.
            </>
          }
          verb="Remove"
          isDanger
          done="Team removed"
          changes={['teams', 'grants']}
          run={() => call('removeTeam', { params: { id: asking.team.id } })}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Section>
  );
}

function TeamMenu({ team, onAsk }: { readonly team: Team; readonly onAsk: (asking: Asking) => void }) {
  return (
    <Menu trigger={<IconButton icon="more" label={`Actions for ${team.name}`} />}>
      <MenuItem icon="plus" onSelect={() => onAsk({ kind: 'member', team })}>
        Add a member
      </MenuItem>
      <MenuItem onSelect={() => onAsk({ kind: 'rename', team })}>Rename</MenuItem>
      <MenuSeparator />
      <MenuItem icon="trash" isDanger onSelect={() => onAsk({ kind: 'remove', team })}>
        Remove
      </MenuItem>
    </Menu>
  );
}

type Member = ItemOf<'listMembers'>;

function Members({
  team,
  members,
  canWrite,
}: {
  readonly team: Team;
  readonly members: readonly Member[];
  readonly canWrite: boolean;
}) {
  if (members.length === 0) return <span className="text-faint">nobody</span>;
  const remove = async (member: Member) => {
    const params = { id: team.id, account: member.id };
    await call('removeMember', { params });
    const changed = () => void queryClient.invalidateQueries({ queryKey: ['teams', 'members', team.id] });
    tell(`${member.name} is no longer in ${team.name}`, {
      undo: () => void call('addMember', { params }).then(changed),
    });
    changed();
  };
  return (
    <span className="flex flex-wrap gap-1">
      {members.map((member) => (
        <Chip
          key={member.id}
          {...(canWrite && {
            onRemove: () => void remove(member),
            removeLabel: `Take ${member.name} out of ${team.name}`,
          })}
        >
          {member.name}
        </Chip>
      ))}
    </span>
  );
}

function NameTeam({ team, onClose }: { readonly team?: Team; readonly onClose: () => void }) {
  const [name, setName] = useState(team?.name ?? '');
  return (
    <FormDialog
      title={team ? `Rename ${team.name}` : 'Add a team'}
      verb={team ? 'Rename' : 'Add'}
      done={team ? 'Renamed' : 'Team added'}
      isValid={name.trim() !== ''}
      changes={['teams']}
      run={() =>
        team ? call('renameTeam', { params: { id: team.id }, body: { name } }) : call('addTeam', { body: { name } })
      }
      onClose={onClose}
    >
      {(error) => (
        <TextField
          label="Name"
          required
          hint="As rules of ownership and labels of images write it."
          value={name}
          error={faultOf(error, 'name')}
          onChange={({ target }) => setName(target.value)}
        />
      )}
    </FormDialog>
  );
}

function AddMember({
  team,
  members,
  onClose,
}: {
  readonly team: Team;
  readonly members: readonly Member[];
  readonly onClose: () => void;
}) {
  const accounts = useQuery(accountsQuery).data ?? [];
  const others = accounts.filter(({ id, kind }) => kind === 'person' && !members.some((member) => member.id === id));
  const [chosen, setChosen] = useState('');
  const account = chosen || (others[0]?.id ?? '');
  return (
    <FormDialog
      title={`Add somebody to ${team.name}`}
      verb="Add"
      done="Member added"
      isValid={account !== ''}
      changes={['teams']}
      run={() => call('addMember', { params: { id: team.id, account } })}
      onClose={onClose}
    >
      <SelectField
        label="Person"
        value={account}
        onChange={({ target }) => setChosen(target.value)}
        options={others.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </FormDialog>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { all, call, faultOf } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import { collect } from '../../api/lists.ts';
import { may, useMe } from '../../api/me.ts';
import { Button } from '../../components/button.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Checkbox, SelectField, TextField } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { Ago } from '../../components/time.tsx';
import { Section } from '../../shell/page.tsx';
import { accountsQuery, useAccountName, useTeamName } from './names.ts';
import { scopeWords } from './scope.ts';

type Token = ItemOf<'listTokens'>;

/** What programs show instead of a password. */
export function Tokens() {
  const me = useMe();
  const accountName = useAccountName();
  const teamName = useTeamName();
  const query = useQuery({ queryKey: ['tokens'], queryFn: () => collect(all('listTokens')) });
  const [isAdding, setAdding] = useState(false);
  const [fresh, setFresh] = useState<string>();
  const [revoked, setRevoked] = useState<Token>();
  const nameOf = (account: string) => (account === me.id ? `${me.name} (you)` : accountName(account));
  return (
    <Section
      title="Tokens"
      about="What programs show instead of a password. The server keeps a fingerprint of each, never the token."
      actions={
        <Button icon="plus" onClick={() => setAdding(true)}>
          New token
        </Button>
      }
    >
      <Loaded query={query}>
        {(tokens) => (
          <PlainTable
            label="Tokens"
            rows={tokens}
            idOf={({ id }) => id}
            empty={
              <EmptyState icon="key" title="No tokens">
                <p>Make one for a pipeline that uploads reports, or for yourself to use plimsoll api.</p>
              </EmptyState>
            }
            columns={[
              { id: 'name', title: 'Name', cell: ({ name }) => <span className="font-medium">{name}</span> },
              { id: 'of', title: 'Of', cell: ({ account }) => nameOf(account) },
              {
                id: 'may',
                title: 'May',
                isWide: true,
                cell: ({ permissions, scope }) => (
                  <span className="text-small">
                    {permissions.length > 3 ? `${permissions.length} things` : permissions.join(', ')}
                    <span className="text-muted"> {scopeWords(scope, teamName)}</span>
                  </span>
                ),
              },
              {
                id: 'used',
                title: 'Last used',
                isWide: true,
                cell: ({ lastUsedAt }) =>
                  lastUsedAt ? <Ago at={lastUsedAt} /> : <span className="text-faint">never</span>,
              },
              { id: 'ends', title: 'Ends', cell: ({ expiresAt }) => <Ago at={expiresAt} /> },
              {
                id: 'more',
                title: <span className="sr-only">Actions</span>,
                align: 'right',
                cell: (token) => (
                  <Button look="quiet" onClick={() => setRevoked(token)}>
                    Revoke
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {isAdding && (
        <AddToken
          onClose={() => setAdding(false)}
          onDone={(token) => {
            setAdding(false);
            setFresh(token);
          }}
        />
      )}
      {fresh && (
        <Dialog
          isOpen
          title="The token"
          about="It is shown only now. Put it where the program reads it, and nowhere else."
          onClose={() => setFresh(undefined)}
        >
          <CodeBlock label="Token" code={fresh} />
        </Dialog>
      )}
      {revoked && (
        <FormDialog
          title="Revoke the token?"
          about={
            <>
              <strong>{revoked.name}</strong>. Programs that use it are refused from the next request on.
            </>
          }
          verb="Revoke"
          isDanger
          done="Token revoked"
          changes={['tokens']}
          run={() => call('revokeToken', { params: { id: revoked.id } })}
          onClose={() => setRevoked(undefined)}
        />
      )}
    </Section>
  );
}

function AddToken({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: (token: string) => void }) {
  const me = useMe();
  const machines = useQuery({ ...accountsQuery, enabled: may(me, 'accounts:write') }).data ?? [];
  const mine = [...new Set(me.grants.flatMap(({ permissions }) => permissions))].sort();
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const [account, setAccount] = useState(me.id);
  const [chosen, setChosen] = useState<readonly (typeof mine)[number][]>([]);
  const toggle = (permission: (typeof mine)[number]) =>
    setChosen(chosen.includes(permission) ? chosen.filter((one) => one !== permission) : [...chosen, permission]);
  return (
    <FormDialog
      title="New token"
      about="It may do what you choose here, and never more than its account may."
      verb="Make it"
      done="Token made"
      isValid={name.trim() !== '' && chosen.length > 0}
      changes={['tokens']}
      run={() =>
        call('addToken', {
          body: { name, days: Number(days), permissions: chosen, ...(account !== me.id && { account }) },
        })
      }
      onClose={onClose}
      onDone={({ token }) => onDone(token)}
    >
      {(error) => (
        <>
          <TextField
            label="Name"
            required
            hint="What uses it: pipeline of the shop."
            value={name}
            error={faultOf(error, 'name')}
            onChange={({ target }) => setName(target.value)}
          />
          <SelectField
            label="For"
            value={account}
            onChange={({ target }) => setAccount(target.value)}
            options={[
              { value: me.id, label: `yourself (${me.name})` },
              ...machines.filter(({ kind }) => kind === 'machine').map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <SelectField
            label="Good for"
            value={days}
            onChange={({ target }) => setDays(target.value)}
            options={[7, 30, 90, 180, 365].map((count) => ({ value: String(count), label: `${count} days` }))}
          />
          <fieldset className="flex flex-col gap-1">
            <legend className="mb-1 font-medium">May</legend>
            <div className="grid grid-cols-2 gap-x-4 max-md:grid-cols-1">
              {mine.map((permission) => (
                <Checkbox
                  key={permission}
                  label={permission}
                  checked={chosen.includes(permission)}
                  onChange={() => toggle(permission)}
                />
              ))}
            </div>
          </fieldset>
        </>
      )}
    </FormDialog>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call, faultOf } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import { may, useMe } from '../../api/me.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { Ago } from '../../components/time.tsx';
import { Section } from '../../shell/page.tsx';
import { accountsQuery } from './names.ts';

type Account = ItemOf<'listAccounts'>;
type Asking = { readonly kind: 'link' | 'disable' | 'enable' | 'remove' | 'second-factor'; readonly account: Account };

/** Who may use this, and with which proofs. */
export function People() {
  const me = useMe();
  const query = useQuery(accountsQuery);
  const [isAdding, setAdding] = useState(false);
  const [asking, setAsking] = useState<Asking>();
  const [link, setLink] = useState<{ readonly name: string; readonly url: string }>();
  const canWrite = may(me, 'accounts:write');
  return (
    <Section
      title="People and machines"
      about="People sign in; machines have tokens only."
      actions={
        canWrite && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            Add
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {(accounts) => (
          <PlainTable
            label="Accounts"
            rows={accounts.toSorted((a, b) => b.kind.localeCompare(a.kind) || a.name.localeCompare(b.name))}
            idOf={({ id }) => id}
            columns={[
              {
                id: 'name',
                title: 'Name',
                cell: ({ name, email, disabled, id }) => (
                  <span className="flex flex-wrap items-center gap-x-2">
                    <span className="font-medium">{name}</span>
                    {id === me.id && <Chip>you</Chip>}
                    {disabled && <Chip look="bad">switched off</Chip>}
                    <span className="text-small text-muted">{email}</span>
                  </span>
                ),
              },
              { id: 'kind', title: 'Kind', cell: ({ kind }) => kind },
              { id: 'proofs', title: 'Signs in by', isWide: true, cell: (account) => <Proofs account={account} /> },
              { id: 'since', title: 'Added', isWide: true, cell: ({ createdAt }) => <Ago at={createdAt} /> },
              {
                id: 'more',
                title: <span className="sr-only">Actions</span>,
                align: 'right',
                cell: (account) => canWrite && <AccountMenu account={account} onAsk={setAsking} />,
              },
            ]}
          />
        )}
      </Loaded>
      {isAdding && <AddAccount onClose={() => setAdding(false)} />}
      {asking && <AskAbout asking={asking} onClose={() => setAsking(undefined)} onLink={setLink} />}
      {link && (
        <Dialog
          isOpen
          title={`A link for ${link.name}`}
          about="Give it to that person and nobody else. It is good once, within a day, and is shown only now."
          onClose={() => setLink(undefined)}
        >
          <CodeBlock label="Sign-in link" code={link.url} />
        </Dialog>
      )}
    </Section>
  );
}

function Proofs({ account: { kind, hasPassword, hasSecondFactor, id } }: { readonly account: Account }) {
  if (kind === 'machine')
    return (
      <Link
        to="/administration/$section"
        params={{ section: 'tokens' }}
        search={{}}
        className="text-link hover:underline"
      >
        tokens
      </Link>
    );
  if (!hasPassword) return <span className="text-faint">nothing yet: needs a link</span>;
  return <span key={id}>{hasSecondFactor ? 'password and second factor' : 'password'}</span>;
}

function AccountMenu({ account, onAsk }: { readonly account: Account; readonly onAsk: (asking: Asking) => void }) {
  const ask = (kind: Asking['kind']) => () => onAsk({ kind, account });
  return (
    <Menu trigger={<IconButton icon="more" label={`Actions for ${account.name}`} />}>
      {account.kind === 'person' && (
        <MenuItem icon="link" onSelect={ask('link')}>
          New sign-in link
        </MenuItem>
      )}
      {account.hasSecondFactor && (
        <MenuItem icon="key" onSelect={ask('second-factor')}>
          Remove the second factor
        </MenuItem>
      )}
      <MenuItem icon="close" onSelect={ask(account.disabled ? 'enable' : 'disable')}>
        {account.disabled ? 'Switch on' : 'Switch off'}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon="trash" isDanger onSelect={ask('remove')}>
        Remove
      </MenuItem>
    </Menu>
  );
}

const QUESTIONS = {
  link: {
    title: 'Make a sign-in link?',
    verb: 'Make a link',
    done: 'Link made',
    about: 'By it the person sets a new password. Sessions end when it is used.',
  },
  'second-factor': {
    title: 'Remove the second factor?',
    verb: 'Remove',
    done: 'Second factor removed',
    about: 'For somebody who has lost it. A password is then enough until they set one up again.',
  },
  disable: {
    title: 'Switch it off?',
    verb: 'Switch off',
    done: 'Switched off',
    about: 'Nothing of it works any more: no session, no token. What it did stays.',
  },
  enable: {
    title: 'Switch it on again?',
    verb: 'Switch on',
    done: 'Switched on',
    about: 'It has the same rights as before.',
  },
  remove: {
    title: 'Remove it?',
    verb: 'Remove',
    done: 'Removed',
    about: 'Its rights and tokens go with it; what it did stays in the histories and the audit log.',
  },
} as const;

function AskAbout({
  asking: { kind, account },
  onClose,
  onLink,
}: {
  readonly asking: Asking;
  readonly onClose: () => void;
  readonly onLink: (link: { readonly name: string; readonly url: string }) => void;
}) {
  const { id, name } = account;
  const { title, verb, done, about } = QUESTIONS[kind];
  const run = async () => {
    if (kind === 'link') {
      const { token } = await call('makeSignInLink', { params: { id } });
      onLink({ name, url: `${window.location.origin}/welcome#${token}` });
    } else if (kind === 'remove') await call('removeAccount', { params: { id } });
    else if (kind === 'second-factor')
      await call('changeAccount', { params: { id }, body: { hasSecondFactor: false } });
    else await call('changeAccount', { params: { id }, body: { disabled: kind === 'disable' } });
  };
  return (
    <FormDialog
      title={title}
      about={
        <>
          <strong>{name}</strong>. {about}
        </>
      }
      verb={verb}
      isDanger={kind === 'remove' || kind === 'disable'}
      done={done}
      changes={['accounts', 'grants', 'tokens']}
      run={run}
      onClose={onClose}
    />
  );
}

function AddAccount({ onClose }: { readonly onClose: () => void }) {
  const [kind, setKind] = useState<Account['kind']>('person');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  return (
    <FormDialog
      title="Add an account"
      about="It has no rights until you give it some, or put it into a team that has."
      verb="Add"
      done={`${name} added`}
      isValid={name.trim() !== ''}
      changes={['accounts']}
      run={() => call('addAccount', { body: { kind, name, ...(kind === 'person' && email !== '' && { email }) } })}
      onClose={onClose}
    >
      {(error) => (
        <>
          <SelectField
            label="Kind"
            value={kind}
            onChange={({ target }) => setKind(target.value === 'machine' ? 'machine' : 'person')}
            options={[
              { value: 'person', label: 'A person, who signs in' },
              { value: 'machine', label: 'A machine, which has tokens' },
            ]}
          />
          <TextField
            label="Name"
            required
            value={name}
            error={faultOf(error, 'name')}
            onChange={({ target }) => setName(target.value)}
          />
          {kind === 'person' && (
            <TextField
              label="E-mail"
              type="email"
              hint="Optional."
              value={email}
              error={faultOf(error, 'email')}
              onChange={({ target }) => setEmail(target.value)}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}

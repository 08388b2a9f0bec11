import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, faultOf, wordsOf } from '../../api/api.ts';
import { ApiProblem, type ItemOf } from '../../api/client.ts';
import { may } from '../../api/me.ts';
import { type Me, type Permission, queryClient } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Checkbox, SelectField, TextField } from '../../components/field.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { Term } from '../../components/term.tsx';
import { Ago } from '../../components/time.tsx';
import { tell } from '../../components/toast.tsx';
import { Section } from '../../shell/page.tsx';

/** What programs use in somebody's name. */
export function Tokens({ me }: { readonly me: Me }) {
  const [isAdding, setAdding] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['tokens', 'own'],
    queryFn: ({ signal }) => call('listTokens', { search: { limit: 200 } }, { signal }),
  });
  const mayAdd = may(me, 'tokens:write');
  return (
    <Section
      title="Tokens"
      about={
        <>
          Programs use the <Term word="API" /> in your name with these, never with more rights than you have.
        </>
      }
      actions={
        mayAdd && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            New token
          </Button>
        )
      }
    >
      {error && <p className="text-bad">{wordsOf(error)}</p>}
      {data === undefined && !error && <Skeleton className="h-14" />}
      {data?.items.length === 0 && (
        <p className="text-muted">You have none. CI needs one with reports:upload to send what it finds.</p>
      )}
      {data !== undefined && data.items.length > 0 && (
        <ul className="rounded-l border border-line">
          {data.items.map((token) => (
            <Token key={token.id} token={token} />
          ))}
        </ul>
      )}
      {isAdding && <AddToken me={me} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function Token({ token }: { readonly token: ItemOf<'listTokens'> }) {
  const [isAsking, setAsking] = useState(false);
  const revoke = useMutation({
    mutationFn: () => call('revokeToken', { params: { id: token.id } }),
    onSuccess: () => tell(`${token.name} is worth nothing now`),
    onError: (error) => tell(wordsOf(error), { look: 'failed' }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['tokens'] }),
  });
  return (
    <li className="flex items-center gap-3 border-b border-line px-4 py-2.5 last:border-0">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{token.name}</p>
        <p className="text-small text-muted">
          {token.permissions.join(', ')}; ends <Ago at={token.expiresAt} />,{' '}
          {token.lastUsedAt === null ? (
            'never used'
          ) : (
            <>
              used <Ago at={token.lastUsedAt} />
            </>
          )}
        </p>
      </div>
      <Button look="danger" onClick={() => setAsking(true)}>
        Revoke
      </Button>
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={`Revoke ${token.name}?`}
        about="What uses it stops working at once. It cannot be taken back."
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Cancel</Button>
            <Button look="danger" isBusy={revoke.isPending} onClick={() => revoke.mutate()}>
              Revoke
            </Button>
          </>
        }
      >
        {undefined}
      </Dialog>
    </li>
  );
}

const DAYS = ['7', '30', '90', '365'] as const;

function AddToken({ me, onClose }: { readonly me: Me; readonly onClose: () => void }) {
  const own = [...new Set(me.grants.flatMap(({ permissions }) => permissions))].sort();
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const [chosen, setChosen] = useState<ReadonlySet<Permission>>(
    new Set(own.filter((permission) => permission === 'reports:upload')),
  );
  const add = useMutation({
    mutationFn: () =>
      call('addToken', { body: { name, permissions: [...chosen], days: Number(days), scope: { kind: 'all' } } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['tokens'] }),
  });
  if (add.data)
    return (
      <Dialog
        isOpen
        onClose={onClose}
        title="Keep this token"
        about="It is shown now and never again."
        footer={
          <Button look="primary" onClick={onClose}>
            I have kept it
          </Button>
        }
      >
        <CodeBlock label="Token" code={add.data.token} />
      </Dialog>
    );
  const hasFields = add.error instanceof ApiProblem && add.error.fields.length > 0;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="New token"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={name.trim() === '' || chosen.size === 0}
            isBusy={add.isPending}
            onClick={() => add.mutate()}
          >
            Make it
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TextField
          label="Name"
          hint="What uses it, so that you know it again."
          autoFocus
          maxLength={200}
          error={faultOf(add.error, 'name')}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <SelectField
          label="Ends in"
          value={days}
          onChange={(event) => setDays(event.target.value)}
          options={DAYS.map((value) => ({ value, label: `${value} days` }))}
        />
        <fieldset>
          <legend className="mb-1 font-medium">It may</legend>
          <div className="grid gap-x-4 sm:grid-cols-2">
            {own.map((permission) => (
              <Checkbox
                key={permission}
                label={permission}
                checked={chosen.has(permission)}
                onChange={() => setChosen(new Set(chosen).symmetricDifference(new Set([permission])))}
              />
            ))}
          </div>
        </fieldset>
        {add.error && !hasFields && (
          <p role="alert" className="text-bad">
            {wordsOf(add.error)}
          </p>
        )}
      </div>
    </Dialog>
  );
}

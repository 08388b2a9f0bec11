import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { all, call, faultOf } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import { collect } from '../../api/lists.ts';
import { may, useMe } from '../../api/me.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SelectField, TextAreaField, TextField } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { Section } from '../../shell/page.tsx';
import { readClaims } from './claims.ts';
import { accountsQuery, useAccountName } from './names.ts';

type Rule = ItemOf<'listTrustRules'>;

/** Jobs of a CI system that may upload with the token that the system gives them: no secret is kept anywhere. */
export function TrustRules() {
  const canWrite = may(useMe(), 'accounts:write');
  const accountName = useAccountName();
  const query = useQuery({ queryKey: ['trust-rules'], queryFn: () => collect(all('listTrustRules')) });
  const [isAdding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<Rule>();
  return (
    <Section
      title="Trust in CI"
      about="Jobs whose token fits a rule act as its machine account. The token comes from the CI system with each job: nothing is stored."
      actions={
        canWrite && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            Add
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {(rules) => (
          <PlainTable
            label="Trust rules"
            rows={rules}
            idOf={({ id }) => id}
            empty={
              <EmptyState icon="pipelines" title="No CI system is trusted yet">
                <p>Add a rule for GitHub Actions or GitLab and plimsoll upload in its jobs needs no token of yours.</p>
              </EmptyState>
            }
            columns={[
              { id: 'name', title: 'Name', cell: ({ name }) => <span className="font-medium">{name}</span> },
              {
                id: 'issuer',
                title: 'Issuer',
                isWide: true,
                cell: ({ issuer }) => <span className="break-all">{issuer}</span>,
              },
              {
                id: 'claims',
                title: 'Whose token says',
                cell: ({ claims }) => (
                  <span className="font-mono text-small">
                    {Object.entries(claims).map(([claim, pattern]) => (
                      <span key={claim} className="block">
                        {claim}: {pattern}
                      </span>
                    ))}
                  </span>
                ),
              },
              { id: 'as', title: 'Acts as', cell: ({ account }) => accountName(account) },
              {
                id: 'more',
                title: <span className="sr-only">Actions</span>,
                align: 'right',
                cell: (rule) =>
                  canWrite && (
                    <Button look="quiet" onClick={() => setRemoved(rule)}>
                      Remove
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      {isAdding && <AddRule onClose={() => setAdding(false)} />}
      {removed && (
        <FormDialog
          title="Remove the rule?"
          about={`Jobs that fit ${removed.name} are let in no longer.`}
          verb="Remove"
          isDanger
          done="Rule removed"
          changes={['trust-rules']}
          run={() => call('removeTrustRule', { params: { id: removed.id } })}
          onClose={() => setRemoved(undefined)}
        />
      )}
    </Section>
  );
}

function AddRule({ onClose }: { readonly onClose: () => void }) {
  const machines = (useQuery(accountsQuery).data ?? []).filter(({ kind }) => kind === 'machine');
  const [name, setName] = useState('');
  const [issuer, setIssuer] = useState('https://token.actions.githubusercontent.com');
  const [audience, setAudience] = useState('plimsoll');
  const [text, setText] = useState('repository: owner/*\nref: refs/heads/main');
  const [chosen, setChosen] = useState('');
  const account = chosen || (machines[0]?.id ?? '');
  const claims = readClaims(text);
  return (
    <FormDialog
      title="Trust jobs of a CI system"
      verb="Add"
      done="Rule added"
      isValid={name.trim() !== '' && account !== '' && claims !== undefined}
      changes={['trust-rules']}
      run={() => call('addTrustRule', { body: { name, issuer, audience, claims: claims ?? {}, account } })}
      onClose={onClose}
    >
      {(error) => (
        <>
          <TextField
            label="Name"
            value={name}
            error={faultOf(error, 'name')}
            onChange={({ target }) => setName(target.value)}
          />
          <TextField
            label="Issuer"
            type="url"
            hint="GitHub: https://token.actions.githubusercontent.com. GitLab: its own address."
            value={issuer}
            error={faultOf(error, 'issuer')}
            onChange={({ target }) => setIssuer(target.value)}
          />
          <TextField
            label="Audience"
            hint="What the job asks a token for."
            value={audience}
            error={faultOf(error, 'audience')}
            onChange={({ target }) => setAudience(target.value)}
          />
          <TextAreaField
            label="Claims"
            rows={4}
            className="font-mono"
            hint="A line each: claim: pattern. * stands for any letters. All have to fit."
            error={claims === undefined ? 'Each line is claim: pattern.' : faultOf(error, 'claims')}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <SelectField
            label="Acts as"
            value={account}
            error={machines.length === 0 ? 'Add a machine account first, under People and machines.' : undefined}
            onChange={({ target }) => setChosen(target.value)}
            options={machines.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </>
      )}
    </FormDialog>
  );
}

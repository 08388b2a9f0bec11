import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/api.ts';
import { may, useMe } from '../../api/me.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { Ago } from '../../components/time.tsx';
import { Section } from '../../shell/page.tsx';
import { BindDialog } from './bind.tsx';
import { type Binding, bindingsQuery, placeWords, policiesQuery } from './data.ts';
import { ActionChip } from './policies.tsx';

/** Which policies hold where. */
export function Bindings({ onOpen }: { readonly onOpen: (policy: string) => void }) {
  const canWrite = may(useMe(), 'policies:write');
  const query = useQuery(bindingsQuery);
  const { packs = [], policies = [] } = useQuery(policiesQuery).data ?? {};
  const [isAdding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<Binding>();
  const titleOf = (word: string) => [...packs, ...policies].find(({ id }) => id === word)?.title ?? word;
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-6 px-5 py-5 max-md:px-4">
      <Section
        title="In force"
        about="What a scan of an asset is judged by. plimsoll scan --policy takes the same file that the server gives out for it."
        actions={
          canWrite && (
            <Button icon="plus" onClick={() => setAdding(true)}>
              Put in force
            </Button>
          )
        }
      >
        <Loaded query={query}>
          {({ items }) => (
            <PlainTable
              label="Policies in force"
              rows={items}
              idOf={({ id }) => id}
              empty={
                <EmptyState icon="policies" title="No policy is in force yet">
                  <p>Put a pack in force as a note first: it says what would be denied, and denies nothing.</p>
                </EmptyState>
              }
              columns={[
                {
                  id: 'policy',
                  title: 'Policy or pack',
                  cell: ({ policy }) =>
                    policy.includes('/') ? (
                      <button
                        type="button"
                        className="text-left font-medium text-link hover:underline"
                        onClick={() => onOpen(policy)}
                      >
                        {titleOf(policy)}
                      </button>
                    ) : (
                      <span className="font-medium">All of {titleOf(policy)}</span>
                    ),
                },
                { id: 'action', title: 'Does', cell: ({ action }) => <ActionChip action={action} /> },
                { id: 'place', title: 'For', cell: (binding) => placeWords(binding) },
                { id: 'since', title: 'Since', isWide: true, cell: ({ createdAt }) => <Ago at={createdAt} /> },
                {
                  id: 'more',
                  title: <span className="sr-only">Actions</span>,
                  align: 'right',
                  cell: (binding) =>
                    canWrite && (
                      <Button look="quiet" onClick={() => setRemoved(binding)}>
                        Remove
                      </Button>
                    ),
                },
              ]}
            />
          )}
        </Loaded>
      </Section>
      {isAdding && <BindDialog onClose={() => setAdding(false)} />}
      {removed && (
        <FormDialog
          title="No longer in force?"
          about={`${titleOf(removed.policy)}, for ${placeWords(removed)}.`}
          verb="Remove"
          isDanger
          done="No longer in force"
          changes={['policy-bindings']}
          run={() => call('removePolicyBinding', { params: { id: removed.id } })}
          onClose={() => setRemoved(undefined)}
        />
      )}
    </div>
  );
}

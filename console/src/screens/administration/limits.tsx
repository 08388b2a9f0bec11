import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, wordsOf } from '../../api/api.ts';
import type { AnswerOf } from '../../api/client.ts';
import { may, useMe } from '../../api/me.ts';
import { queryClient } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { SeverityMark, severities } from '../../components/severity.tsx';
import { tell } from '../../components/toast.tsx';
import { Section } from '../../shell/page.tsx';

type Policy = AnswerOf<'getExceptionPolicy'>['policy'];

/** How long exceptions may hold, and how many people have to approve them. */
export function ExceptionLimits() {
  const query = useQuery({
    queryKey: ['exception-policy'],
    queryFn: ({ signal }) => call('getExceptionPolicy', undefined, { signal }),
  });
  return (
    <Section
      title="Limits of exceptions"
      about="By the worst severity that an exception is for. Without approvals, whoever may triage decides alone for as long."
    >
      <Loaded query={query}>{({ version, policy }) => <Table key={version} before={policy} />}</Loaded>
    </Section>
  );
}

function Table({ before }: { readonly before: Policy }) {
  const canWrite = may(useMe(), 'policies:write');
  const [policy, setPolicy] = useState(before);
  const isChanged = JSON.stringify(policy) !== JSON.stringify(before);
  const save = useMutation({
    mutationFn: () => call('setExceptionPolicy', { body: policy }),
    onSuccess: () => {
      tell('Limits changed; what was approved stays');
      void queryClient.invalidateQueries({ queryKey: ['exception-policy'] });
    },
  });
  const set = (severity: (typeof severities)[number], member: 'maxDays' | 'approvals', text: string) =>
    setPolicy({
      ...policy,
      tiers: { ...policy.tiers, [severity]: { ...policy.tiers[severity], [member]: Math.trunc(Number(text)) } },
    });
  return (
    <div className="flex flex-col gap-4">
      <table className="w-max border-collapse text-left">
        <thead className="text-small text-muted">
          <tr>
            <th scope="col" className="pr-6 pb-1 font-normal">
              Severity
            </th>
            <th scope="col" className="pr-6 pb-1 font-normal">
              Days at most
            </th>
            <th scope="col" className="pb-1 font-normal">
              People who approve
            </th>
          </tr>
        </thead>
        <tbody>
          {severities.map((severity) => (
            <tr key={severity}>
              <th scope="row" className="pr-6 font-normal">
                <SeverityMark severity={severity} />
              </th>
              {(['maxDays', 'approvals'] as const).map((member) => (
                <td key={member} className="py-1 pr-6">
                  <input
                    type="number"
                    min={member === 'maxDays' ? 1 : 0}
                    max={member === 'maxDays' ? 3650 : 3}
                    disabled={!canWrite}
                    aria-label={`${member === 'maxDays' ? 'Days' : 'People'} for ${severity}`}
                    value={policy.tiers[severity][member]}
                    onChange={({ target }) => set(severity, member, target.value)}
                    className="h-8 w-24 rounded-m border border-line-strong bg-surface px-2.5 disabled:text-muted max-md:h-10"
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="text-muted">Whoever asked is reminded {policy.remindDays.join(', ')} days before the end.</p>
      {save.error && (
        <p role="alert" className="text-bad">
          {wordsOf(save.error)}
        </p>
      )}
      {canWrite && (
        <div className="flex gap-2">
          <Button look="primary" disabled={!isChanged} isBusy={save.isPending} onClick={() => save.mutate()}>
            Change
          </Button>
          {isChanged && (
            <Button look="quiet" onClick={() => setPolicy(before)}>
              Undo
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, faultOf } from '../../api/api.ts';
import { teamsQuery } from '../../api/lists.ts';
import { SelectField, TextField } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { severities } from '../../components/severity.tsx';
import { type Metric, unitWords, valueWords } from './words.ts';

/** A target for one of the numbers. The value of now is where it begins. */
export function ObjectiveDialog({
  metrics,
  onClose,
}: {
  readonly metrics: readonly Metric[];
  readonly onClose: () => void;
}) {
  const teams = useQuery(teamsQuery).data ?? [];
  const [title, setTitle] = useState('');
  const [metricId, setMetric] = useState(metrics[0]?.id ?? '');
  const [team, setTeam] = useState('');
  const [severity, setSeverity] = useState('');
  const [target, setTarget] = useState('');
  const [endsOn, setEndsOn] = useState('');
  const metric = metrics.find(({ id }) => id === metricId);
  const isShare = metric?.unit === 'share';
  const run = () =>
    call('addObjective', {
      body: {
        title,
        metric: metricId as Parameters<typeof call<'addObjective'>>[1]['body']['metric'],
        team: team === '' ? null : team,
        severity: severities.find((one) => one === severity) ?? null,
        target: isShare ? Number(target) / 100 : Number(target),
        endsOn,
      },
    });
  return (
    <FormDialog
      title="Add an objective"
      about="What is to be reached by when. It is checked each week by itself."
      verb="Add"
      isValid={title.trim() !== '' && target !== '' && endsOn !== ''}
      run={run}
      done="The objective is set"
      changes={['objectives']}
      onClose={onClose}
    >
      {(error) => (
        <>
          <TextField
            label="What it is about"
            required
            autoFocus
            maxLength={200}
            value={title}
            onChange={({ target: { value } }) => setTitle(value)}
          />
          <SelectField
            label="Number"
            value={metricId}
            hint={metric && `Now ${valueWords(metric.value, metric.unit)}; ${metric.better} is better.`}
            onChange={({ target: { value } }) => setMetric(value)}
            options={metrics.map(({ id, title: label }) => ({ value: id, label }))}
          />
          <div className="grid gap-4 md:grid-cols-2">
            <SelectField
              label="Of"
              value={team}
              error={faultOf(error, 'team')}
              onChange={({ target: { value } }) => setTeam(value)}
              options={[
                { value: '', label: 'All teams' },
                ...teams.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
            {metric?.of === 'findings' && (
              <SelectField
                label="Severity"
                value={severity}
                onChange={({ target: { value } }) => setSeverity(value)}
                options={[{ value: '', label: 'All' }, ...severities.map((one) => ({ value: one, label: one }))]}
              />
            )}
            <TextField
              label={metric ? `Target, in ${unitWords[metric.unit]}` : 'Target'}
              type="number"
              step="any"
              min={0}
              required
              error={faultOf(error, 'target')}
              value={target}
              onChange={({ target: { value } }) => setTarget(value)}
            />
            <TextField
              label="Until"
              type="date"
              required
              error={faultOf(error, 'endsOn')}
              value={endsOn}
              onChange={({ target: { value } }) => setEndsOn(value)}
            />
          </div>
        </>
      )}
    </FormDialog>
  );
}

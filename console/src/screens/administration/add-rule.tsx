import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, faultOf } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import { teamsQuery } from '../../api/lists.ts';
import { Checkbox, SelectField, TextField } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { capital, severities } from '../../components/severity.tsx';
import { channelsQuery } from './names.ts';

type Rule = ItemOf<'listNotificationRules'>;
type EventKind = Rule['filter']['events'][number];

const EVENTS: readonly { readonly kind: EventKind; readonly label: string }[] = [
  { kind: 'finding.opened', label: 'Something new is found' },
  { kind: 'finding.reopened', label: 'A finding is open again' },
  { kind: 'finding.fixed', label: 'A finding is proven fixed' },
  { kind: 'finding.due-soon', label: 'A finding is due soon' },
  { kind: 'finding.overdue', label: 'A finding is overdue' },
  { kind: 'finding.assigned', label: 'A finding is assigned' },
  { kind: 'exception.requested', label: 'An exception is asked for' },
  { kind: 'exception.expiring', label: 'An exception ends soon' },
  { kind: 'exception.expired', label: 'An exception has ended' },
];

const GROUPINGS = [
  { value: 'asset', label: 'asset: one message for each repository, host or workload' },
  { value: 'advisory', label: 'advisory: one message for each CVE or check' },
  { value: 'finding', label: 'finding: one message each' },
  { value: 'team', label: 'team: one message for each team' },
  { value: 'everything', label: 'everything: one message' },
] as const;

/** Says what goes to a channel: the first proposal is what most teams want. */
export function AddRule({ onClose }: { readonly onClose: () => void }) {
  const channels = useQuery(channelsQuery).data ?? [];
  const teams = useQuery(teamsQuery).data ?? [];
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState('');
  const [team, setTeam] = useState('');
  const [events, setEvents] = useState<readonly EventKind[]>(['finding.opened', 'finding.reopened', 'finding.overdue']);
  const [wanted, setWanted] = useState<readonly (typeof severities)[number][]>(['critical', 'high']);
  const [timing, setTiming] = useState<Timing>({ when: 'hourly', at: '08:00', grouping: 'asset' });
  const channel = chosen || (channels[0]?.id ?? '');
  return (
    <FormDialog
      title="Add a rule"
      width="l"
      verb="Add"
      done="Rule added"
      isValid={name.trim() !== '' && channel !== ''}
      changes={['notification-rules']}
      run={() =>
        call('addNotificationRule', {
          body: {
            name,
            channel,
            team: team === '' ? null : team,
            filter: { events, severities: wanted, findingKinds: [] },
            grouping: timing.grouping,
            schedule: scheduleOf(timing),
            timeZone: zone,
          },
        })
      }
      onClose={onClose}
    >
      {(error) => (
        <>
          <TextField
            label="Name"
            required
            value={name}
            error={faultOf(error, 'name')}
            onChange={({ target }) => setName(target.value)}
          />
          <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
            <SelectField
              label="To"
              value={channel}
              onChange={({ target }) => setChosen(target.value)}
              options={channels.map(({ id, name: words }) => ({ value: id, label: words }))}
            />
            <SelectField
              label="About what is owned by"
              value={team}
              onChange={({ target }) => setTeam(target.value)}
              options={[
                { value: '', label: 'anybody' },
                ...teams.map(({ id, name: words }) => ({ value: id, label: words })),
              ]}
            />
          </div>
          <Choices
            legend="When"
            hint="None chosen: every event."
            options={EVENTS.map(({ kind, label }) => ({ value: kind, label }))}
            chosen={events}
            onChange={setEvents}
          />
          <Choices
            legend="Severity"
            hint="None chosen: any."
            options={severities.map((value) => ({ value, label: capital(value) }))}
            chosen={wanted}
            onChange={setWanted}
          />
          <TimingFields timing={timing} onChange={setTiming} />
        </>
      )}
    </FormDialog>
  );
}

interface Timing {
  readonly when: string;
  readonly at: string;
  readonly grouping: Rule['grouping'];
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function scheduleOf({ when, at }: Timing): Rule['schedule'] {
  if (when === 'daily') return { kind: 'daily', at };
  return { kind: when === 'instant' ? 'instant' : 'hourly' };
}

function TimingFields({ timing, onChange }: { readonly timing: Timing; readonly onChange: (timing: Timing) => void }) {
  return (
    <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
      <SelectField
        label="Sent"
        value={timing.when}
        onChange={({ target }) => onChange({ ...timing, when: target.value })}
        options={[
          { value: 'instant', label: 'at once' },
          { value: 'hourly', label: 'each hour' },
          { value: 'daily', label: 'each day' },
        ]}
      />
      {timing.when === 'daily' && (
        <TextField
          label={`At (${zone})`}
          type="time"
          value={timing.at}
          onChange={({ target }) => onChange({ ...timing, at: target.value })}
        />
      )}
      <SelectField
        label="Together by"
        value={timing.grouping}
        onChange={({ target }) =>
          onChange({
            ...timing,
            grouping: GROUPINGS.find(({ value }) => value === target.value)?.value ?? timing.grouping,
          })
        }
        options={GROUPINGS}
      />
    </div>
  );
}

function Choices<Value extends string>({
  legend,
  hint,
  options,
  chosen,
  onChange,
}: {
  readonly legend: string;
  readonly hint: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: readonly Value[]) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium">
        {legend} <span className="text-small font-normal text-muted">{hint}</span>
      </legend>
      <div className="grid grid-cols-3 gap-x-4 max-md:grid-cols-1">
        {options.map(({ value, label }) => (
          <Checkbox
            key={value}
            label={label}
            checked={chosen.includes(value)}
            onChange={() =>
              onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])
            }
          />
        ))}
      </div>
    </fieldset>
  );
}

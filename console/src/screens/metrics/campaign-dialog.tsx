import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, faultOf } from '../../api/api.ts';
import { teamsQuery } from '../../api/lists.ts';
import { Checkbox, TextAreaField, TextField } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';

/** Asks teams to be rid of what a filter finds. */
export function CampaignDialog({
  onClose,
  onDone,
}: {
  readonly onClose: () => void;
  readonly onDone: (id: string) => void;
}) {
  const teams = useQuery(teamsQuery).data ?? [];
  const [name, setName] = useState('');
  const [about, setAbout] = useState('');
  const [filter, setFilter] = useState('is:open severity:critical');
  const [endsOn, setEndsOn] = useState('');
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) =>
    setAsked((before) =>
      before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
    );
  const run = () =>
    call('addCampaign', {
      body: { name, about, filter, teams: [...asked], endsAt: new Date(`${endsOn}T23:59:59Z`).toISOString() },
    });
  return (
    <FormDialog
      title="Start a campaign"
      about="The teams are told at once, and everybody sees how many findings are left."
      verb="Start"
      width="l"
      isValid={name.trim() !== '' && filter.trim() !== '' && endsOn !== ''}
      run={run}
      done="The campaign has begun"
      changes={['campaigns']}
      onClose={onClose}
      onDone={({ id }) => onDone(id)}
    >
      {(error) => (
        <>
          <TextField
            label="Name"
            required
            autoFocus
            maxLength={200}
            error={faultOf(error, 'name')}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <TextAreaField
            label="Why, and how"
            maxLength={4000}
            value={about}
            onChange={({ target }) => setAbout(target.value)}
          />
          <TextField
            label="Findings that it is about"
            hint="A filter, as on the screen of findings."
            className="font-mono"
            required
            error={faultOf(error, 'filter')}
            value={filter}
            onChange={({ target }) => setFilter(target.value)}
          />
          <TextField
            label="Until"
            type="date"
            required
            error={faultOf(error, 'endsAt')}
            value={endsOn}
            onChange={({ target }) => setEndsOn(target.value)}
          />
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-1 font-medium">Teams that are asked; none means everybody</legend>
            <div className="grid gap-1 md:grid-cols-2">
              {teams.map(({ id, name: label }) => (
                <Checkbox key={id} label={label} checked={asked.has(id)} onChange={() => toggle(id)} />
              ))}
            </div>
          </fieldset>
        </>
      )}
    </FormDialog>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem } from '../../api/client.ts';
import { teamsQuery } from '../../api/lists.ts';
import { Segmented } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { type SettingField, settingsForms, settingsOf } from './settings-schema.ts';

interface Kind {
  readonly id: string;
  readonly title: string;
  readonly secrets: readonly string[];
  readonly settings: unknown;
}

export interface NewDestination {
  readonly kind: string;
  readonly name: string;
  readonly team: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Adds a channel or a tracker: the fields are those that the server names for its kind. */
export function DestinationDialog({
  title,
  kinds,
  changes,
  add,
  onClose,
}: {
  readonly title: string;
  readonly kinds: readonly Kind[];
  readonly changes: readonly string[];
  readonly add: (destination: NewDestination) => Promise<unknown>;
  readonly onClose: () => void;
}) {
  const teams = useQuery(teamsQuery).data ?? [];
  const [chosen, setChosen] = useState('');
  const [name, setName] = useState('');
  const [team, setTeam] = useState('');
  const [way, setWay] = useState('0');
  const [filled, setFilled] = useState<ReadonlyMap<string, string>>(new Map());
  const kind = kinds.find(({ id }) => id === chosen) ?? kinds[0];
  const forms = settingsForms(kind?.settings);
  const fields = forms[Number(way)] ?? forms[0] ?? [];
  const isFilled = fields.every(
    ({ name: field, isRequired, preset }) => !isRequired || (filled.get(field) ?? preset) !== '',
  );
  return (
    <FormDialog
      title={title}
      verb="Add"
      done={`${name} added`}
      isValid={kind !== undefined && name.trim() !== '' && isFilled}
      changes={changes}
      run={() =>
        add({ kind: kind?.id ?? '', name, team: team === '' ? null : team, settings: settingsOf(fields, filled) })
      }
      onClose={onClose}
    >
      {(error) => (
        <>
          <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
            <SelectField
              label="Kind"
              value={kind?.id ?? ''}
              onChange={({ target }) => {
                setChosen(target.value);
                setWay('0');
                setFilled(new Map());
              }}
              options={kinds.map(({ id, title: words }) => ({ value: id, label: words }))}
            />
            <SelectField
              label="For"
              value={team}
              onChange={({ target }) => setTeam(target.value)}
              options={[
                { value: '', label: 'the whole organisation' },
                ...teams.map(({ id, name: words }) => ({ value: id, label: `team ${words}` })),
              ]}
            />
          </div>
          <TextField
            label="Name"
            required
            value={name}
            error={problemOf(error, 'body.name')}
            onChange={({ target }) => setName(target.value)}
          />
          {forms.length > 1 && (
            <Segmented
              label="Set up by"
              value={way}
              options={forms.map((form, index) => ({ value: String(index), label: form[0]?.label ?? '' }))}
              onChange={setWay}
            />
          )}
          {fields.map((field) => (
            <Setting
              key={`${kind?.id} ${field.name}`}
              field={field}
              isSecret={kind?.secrets.includes(field.name) ?? false}
              value={filled.get(field.name) ?? field.preset}
              error={problemOf(error, `body.settings.${field.name}`)}
              onChange={(text) => setFilled(new Map([...filled, [field.name, text]]))}
            />
          ))}
        </>
      )}
    </FormDialog>
  );
}

function problemOf(error: Error | null, field: string): string | undefined {
  return error instanceof ApiProblem ? error.fields.find((one) => one.field === field)?.message : undefined;
}

function Setting({
  field: { label, type, choices, isRequired },
  isSecret,
  value,
  error,
  onChange,
}: {
  readonly field: SettingField;
  readonly isSecret: boolean;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
}) {
  if (type === 'choice')
    return (
      <SelectField
        label={label}
        value={value}
        error={error}
        onChange={({ target }) => onChange(target.value)}
        options={choices.map((choice) => ({ value: choice, label: choice }))}
      />
    );
  const hints = [
    ...(isRequired ? [] : ['Optional.']),
    ...(isSecret ? ['Kept sealed and never shown again.'] : []),
    ...(type === 'list' ? ['Several with commas between.'] : []),
  ];
  return (
    <TextField
      label={label}
      type={isSecret ? 'password' : type === 'number' ? 'number' : 'text'}
      autoComplete={isSecret ? 'new-password' : 'off'}
      required={isRequired}
      {...(hints.length > 0 && { hint: hints.join(' ') })}
      error={error}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

import { useState } from 'react';
import { call, faultOf } from '../../api/api.ts';
import { TextAreaField, TextField } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import type { Registry } from './data.ts';

/** What to watch of a registry. Secrets that are there already stay when their fields are left empty. */
export function RegistryDialog({ registry, onClose }: { readonly registry?: Registry; readonly onClose: () => void }) {
  const [name, setName] = useState(registry?.name ?? '');
  const [url, setUrl] = useState(registry?.url ?? '');
  const [repositories, setRepositories] = useState(registry?.repositories.join('\n') ?? '**');
  const [everyMinutes, setEveryMinutes] = useState(String(registry?.everyMinutes ?? 60));
  const [secrets, setSecrets] = useState<Secrets>({
    username: registry?.username ?? '',
    password: '',
    notificationSecret: '',
  });
  const common = {
    name,
    repositories: repositories.split(/\s+/).filter((line) => line !== ''),
    everyMinutes: Number(everyMinutes),
    ...Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== '')),
  };
  const run = () =>
    registry
      ? call('changeRegistry', { params: { id: registry.id }, body: common })
      : call('addRegistry', { body: { ...common, url } });
  return (
    <FormDialog
      title={registry ? `Change how ${registry.name} is watched` : 'Watch a registry'}
      about="Its secrets are sealed and never shown again."
      verb={registry ? 'Change' : 'Watch'}
      width="l"
      isValid={name.trim() !== '' && (registry !== undefined || url !== '')}
      run={run}
      done={registry ? 'It is watched that way now' : 'It is watched'}
      changes={['registries']}
      onClose={onClose}
    >
      {(error) => (
        <>
          <div className="grid gap-4 md:grid-cols-2">
            <TextField
              label="Name"
              required
              autoFocus
              maxLength={200}
              error={faultOf(error, 'name')}
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
            <TextField
              label="Address"
              type="url"
              required
              disabled={registry !== undefined}
              placeholder="https://registry.example"
              error={faultOf(error, 'url')}
              value={url}
              onChange={({ target }) => setUrl(target.value)}
            />
          </div>
          <TextAreaField
            label="Repositories"
            hint="One a line: team/app, team/*, ** for all."
            className="font-mono"
            rows={3}
            error={faultOf(error, 'repositories')}
            value={repositories}
            onChange={({ target }) => setRepositories(target.value)}
          />
          <TextField
            label="Look through it every so many minutes"
            type="number"
            min={1}
            max={10_080}
            error={faultOf(error, 'everyMinutes')}
            value={everyMinutes}
            onChange={({ target }) => setEveryMinutes(target.value)}
          />
          <SecretFields registry={registry} secrets={secrets} onChange={setSecrets} error={error} />
        </>
      )}
    </FormDialog>
  );
}

interface Secrets {
  readonly username: string;
  readonly password: string;
  readonly notificationSecret: string;
}

function SecretFields({
  registry,
  secrets,
  onChange,
  error,
}: {
  readonly registry: Registry | undefined;
  readonly secrets: Secrets;
  readonly onChange: (secrets: Secrets) => void;
  readonly error: Error | null;
}) {
  const field = (name: keyof Secrets) => ({
    autoComplete: 'new-password',
    error: faultOf(error, name),
    value: secrets[name],
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      onChange({ ...secrets, [name]: target.value }),
  });
  return (
    <>
      <div className="grid gap-4 md:grid-cols-2">
        <TextField label="User" {...field('username')} autoComplete="off" />
        <TextField
          label="Password or token"
          type="password"
          {...(registry?.hasPassword && { hint: 'There is one; empty keeps it.' })}
          {...field('password')}
        />
      </div>
      <TextField
        label="Secret of its notifications"
        type="password"
        hint={
          registry?.hasNotificationSecret
            ? 'There is one; empty keeps it.'
            : 'For a registry that tells of new images by itself; not needed for looking through it.'
        }
        {...field('notificationSecret')}
      />
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/api.ts';
import { may, useMe } from '../../api/me.ts';
import { queryClient } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Select } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { Ago } from '../../components/time.tsx';
import { tell } from '../../components/toast.tsx';
import { PageBody, Section } from '../../shell/page.tsx';
import { type Registry, type RegistryImage, registriesQuery, registryImagesQuery } from './data.ts';
import { RegistryDialog } from './registry-dialog.tsx';
import type { PipelinesSearch } from './search.ts';

interface RegistriesProps {
  readonly search: PipelinesSearch;
  readonly onGo: (search: PipelinesSearch) => void;
}

/** Registries that are watched, whether that goes well, and the images in them. */
export function Registries({ search, onGo }: RegistriesProps) {
  const query = useQuery(registriesQuery);
  const [isAdding, setAdding] = useState(false);
  const add = may(useMe(), 'system:write') && (
    <Button icon="plus" onClick={() => setAdding(true)}>
      Watch a registry
    </Button>
  );
  return (
    <PageBody>
      <Loaded query={query}>
        {(registries) =>
          registries.length === 0 ? (
            <EmptyState icon="pipelines" title="No registry is watched yet" action={add}>
              <p>
                The server looks through a registry again and again, scans what is new by itself, and takes images from
                the list that no tag names any more.
              </p>
            </EmptyState>
          ) : (
            <Section title="Registries" about="New images in them are scanned by themselves" actions={add}>
              <ul className="flex flex-col gap-2">
                {registries.map((registry) => (
                  <RegistryRow
                    key={registry.id}
                    registry={registry}
                    isOpen={search.open === registry.id}
                    onToggle={() =>
                      onGo({ tab: 'registries', ...(search.open !== registry.id && { open: registry.id }) })
                    }
                  />
                ))}
              </ul>
            </Section>
          )
        }
      </Loaded>
      {isAdding && <RegistryDialog onClose={() => setAdding(false)} />}
    </PageBody>
  );
}

function RegistryRow({
  registry,
  isOpen,
  onToggle,
}: {
  readonly registry: Registry;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const { name, url, images, waiting, failed, polledAt, error, enabled } = registry;
  return (
    <Disclosure
      className="flex flex-wrap items-center"
      isOpen={isOpen}
      onToggle={onToggle}
      head={
        <>
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium">{name}</span>
            <span className="block truncate font-mono text-small text-muted">{url}</span>
          </span>
          <span className="text-small text-muted">
            {images.toLocaleString('en')} images, {waiting.toLocaleString('en')} waiting
          </span>
          <span className="text-small text-muted">
            {polledAt === null ? (
              'not looked through yet'
            ) : (
              <>
                looked through <Ago at={polledAt} />
              </>
            )}
          </span>
          <RegistryState enabled={enabled} error={error} failed={failed} />
        </>
      }
    >
      <RegistryStory registry={registry} />
    </Disclosure>
  );
}

function RegistryState({ enabled, error, failed }: Pick<Registry, 'enabled' | 'error' | 'failed'>) {
  if (!enabled) return <Chip look="plain">Off</Chip>;
  if (error !== null) return <Chip look="bad">Fails</Chip>;
  return failed > 0 ? <Chip look="warn">{failed} failed</Chip> : <Chip look="good">Watched</Chip>;
}

const STATES: readonly { readonly value: RegistryImage['state']; readonly label: string }[] = [
  { value: 'failed', label: 'Scan failed' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'done', label: 'Scanned' },
];

function RegistryStory({ registry }: { readonly registry: Registry }) {
  const { id, error, repositories, everyMinutes, rescanDays } = registry;
  const [state, setState] = useState<RegistryImage['state']>();
  const images = useQuery(registryImagesQuery(id, state));
  return (
    <div className="flex flex-col gap-3">
      {error !== null && <p className="text-bad">The last look failed: {error}</p>}
      <p className="text-small text-muted">
        <span className="font-mono">{repositories.join(' ')}</span>, every {everyMinutes} minutes
        {rescanDays === null ? '; scanned once' : `; scanned anew every ${rescanDays} days`}
      </p>
      <RegistryActions registry={registry} />
      <div>
        <Select
          aria-label="State of the scan"
          className="w-44"
          value={state ?? ''}
          onChange={({ target }) => setState(STATES.find(({ value }) => value === target.value)?.value)}
          options={[{ value: '', label: 'All images' }, ...STATES]}
        />
      </div>
      <Loaded query={images} rows={4}>
        {({ items, next }) => (
          <>
            <PlainTable
              label="Images"
              columns={[
                {
                  id: 'repository',
                  title: 'Repository',
                  cell: ({ repository }) => <span className="break-all">{repository}</span>,
                },
                {
                  id: 'tags',
                  title: 'Tags',
                  cell: ({ tags }) => <span className="font-mono text-small">{tags.join(', ') || 'none'}</span>,
                },
                {
                  id: 'digest',
                  title: 'Digest',
                  isWide: true,
                  cell: ({ digest }) => <span className="font-mono text-small">{digest.slice(0, 19)}</span>,
                },
                {
                  id: 'scanned',
                  title: 'Scanned',
                  isWide: true,
                  cell: ({ scannedAt }) => (scannedAt === null ? '' : <Ago at={scannedAt} />),
                },
                { id: 'state', title: 'State', cell: (image) => <ImageState image={image} /> },
              ]}
              rows={items}
              idOf={({ repository, digest }) => `${repository}@${digest}`}
              empty="There are none."
            />
            {next !== null && <p className="text-small text-muted">These are the first {items.length}.</p>}
          </>
        )}
      </Loaded>
    </div>
  );
}

function ImageState({ image: { state, error } }: { readonly image: RegistryImage }) {
  if (state === 'failed')
    return (
      <span className="flex flex-col gap-0.5">
        <Chip look="bad">Failed</Chip>
        {error !== null && <span className="text-small break-words text-muted">{error}</span>}
      </span>
    );
  return <Chip look={state === 'done' ? 'good' : 'plain'}>{state === 'done' ? 'Scanned' : 'Waiting'}</Chip>;
}

function RegistryActions({ registry }: { readonly registry: Registry }) {
  const [dialog, setDialog] = useState<'change' | 'remove'>();
  if (!may(useMe(), 'system:write')) return null;
  const { id, name, enabled } = registry;
  const params = { id };
  const look = async () => {
    await call('pollRegistry', { params });
    tell('It is looked through now');
  };
  const toggle = async () => {
    await call('changeRegistry', { params, body: { enabled: !enabled } });
    await queryClient.invalidateQueries({ queryKey: ['registries'] });
    tell(enabled ? `${name} is not watched any more` : `${name} is watched`);
  };
  return (
    <div className="flex flex-wrap gap-1.5">
      <Button icon="refresh" onClick={() => void look()}>
        Look now
      </Button>
      <Button onClick={() => setDialog('change')}>Change</Button>
      <Button onClick={() => void toggle()}>{enabled ? 'Switch off' : 'Switch on'}</Button>
      <Button look="danger" icon="trash" onClick={() => setDialog('remove')}>
        Remove
      </Button>
      {dialog === 'change' && <RegistryDialog registry={registry} onClose={() => setDialog(undefined)} />}
      {dialog === 'remove' && (
        <FormDialog
          title={`Watch ${name} no longer?`}
          about="Images that were scanned and their findings stay."
          verb="Remove"
          isDanger
          run={() => call('removeRegistry', { params })}
          done={`${name} is not watched any more`}
          changes={['registries']}
          onClose={() => setDialog(undefined)}
        />
      )}
    </div>
  );
}

import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call, wordsOf } from '../../api/api.ts';
import type { AnswerOf } from '../../api/client.ts';
import { may, useMe } from '../../api/me.ts';
import { queryClient } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { TextAreaField } from '../../components/field.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { tell } from '../../components/toast.tsx';
import { Section } from '../../shell/page.tsx';
import { readRules, rulesText } from './ownership-rules.ts';

/** Which team owns what. */
export function Ownership() {
  const query = useQuery({
    queryKey: ['ownership'],
    queryFn: ({ signal }) => call('getOwnershipRules', undefined, { signal }),
  });
  return (
    <Section
      title="Ownership"
      about={
        <>
          Which team owns what: the first line that fits decides. What fits none belongs to nobody,{' '}
          <Link to="/inventory" search={{ unowned: true }} className="text-link underline">
            and is shown as such
          </Link>
          .
        </>
      }
    >
      <Loaded query={query}>{(rules) => <Editor key={rules.version} before={rules} />}</Loaded>
    </Section>
  );
}

function Editor({ before }: { readonly before: AnswerOf<'getOwnershipRules'> }) {
  const canWrite = may(useMe(), 'policies:write');
  const start = rulesText(before.rules);
  const [text, setText] = useState(start);
  const { rules, faults } = readRules(text);
  const preview = useMutation({ mutationFn: () => call('previewOwnershipRules', { body: { rules } }) });
  const save = useMutation({
    mutationFn: () => call('replaceOwnershipRules', { body: { version: before.version, rules } }),
    onSuccess: () => {
      tell('Rules changed; owners follow within minutes');
      void queryClient.invalidateQueries({ queryKey: ['ownership'] });
    },
  });
  const isChanged = text !== start;
  return (
    <div className="flex flex-col gap-4">
      <TextAreaField
        label="Rules, one a line"
        rows={Math.min(24, Math.max(8, text.split('\n').length + 1))}
        className="font-mono text-small"
        disabled={!canWrite}
        hint="label NAME: the image says its team in this label. PATTERN -> TEAM, with host, repository, project or workload before it where it is for that kind only. * stands for anything but a slash, ** for anything."
        error={faults[0]}
        value={text}
        onChange={({ target }) => {
          preview.reset();
          setText(target.value);
        }}
      />
      {preview.data && (
        <p role="status" className="rounded-m bg-sunken px-3 py-2">
          Of <strong>{preview.data.assets.toLocaleString('en')}</strong> assets,{' '}
          {preview.data.changed.toLocaleString('en')} would have another owner;{' '}
          {preview.data.unownedAfter.toLocaleString('en')} would belong to nobody, now{' '}
          {preview.data.unownedBefore.toLocaleString('en')} do.
        </p>
      )}
      {(preview.error || save.error) && (
        <p role="alert" className="text-bad">
          {wordsOf(preview.error ?? save.error)}
        </p>
      )}
      {canWrite && (
        <div className="flex flex-wrap gap-2">
          <Button
            disabled={!isChanged || faults.length > 0}
            isBusy={preview.isPending}
            onClick={() => preview.mutate()}
          >
            See what it would change
          </Button>
          <Button
            look="primary"
            disabled={!isChanged || preview.data === undefined}
            isBusy={save.isPending}
            onClick={() => save.mutate()}
          >
            Change
          </Button>
          {isChanged && (
            <Button
              look="quiet"
              onClick={() => {
                preview.reset();
                setText(start);
              }}
            >
              Undo
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

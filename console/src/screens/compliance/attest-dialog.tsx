import { useState } from 'react';
import { call, faultOf } from '../../api/api.ts';
import { SelectField, TextAreaField, TextField } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';

/** What is spoken of: a control of ours, or a clause of a standard. */
export type Subject =
  | { readonly control: string; readonly title: string }
  | { readonly framework: string; readonly clause: string; readonly title: string };

const STATES = [
  { value: 'met', label: 'It holds' },
  { value: 'not-met', label: 'It does not hold' },
  { value: 'not-applicable', label: 'It does not apply to us' },
] as const;

const YEAR_MS = 365 * 86_400_000;

/** What no scan can tell, said by somebody with a name and for a time. */
export function AttestDialog({
  about,
  team,
  onClose,
}: {
  readonly about: Subject;
  readonly team: string | undefined;
  readonly onClose: () => void;
}) {
  const [state, setState] = useState<(typeof STATES)[number]['value']>('met');
  const [statement, setStatement] = useState('');
  const [evidence, setEvidence] = useState('');
  const [endsOn, setEndsOn] = useState(() => new Date(Date.now() + YEAR_MS).toISOString().slice(0, 10));
  const { title, ...subject } = about;
  const run = () =>
    call('addAttestation', {
      body: {
        ...subject,
        state,
        statement,
        team: team ?? null,
        evidence: evidence
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== ''),
        expiresAt: new Date(`${endsOn}T00:00:00Z`).toISOString(),
      },
    });
  return (
    <FormDialog
      title="Say how it is"
      about={title}
      verb="Say it"
      width="l"
      isValid={statement.trim() !== '' && endsOn !== ''}
      run={run}
      done="It is said, in your name"
      changes={['compliance']}
      onClose={onClose}
    >
      {(error) => (
        <>
          <SelectField
            label="How it is"
            value={state}
            onChange={({ target }) => setState(STATES.find(({ value }) => value === target.value)?.value ?? 'met')}
            options={STATES}
          />
          <TextAreaField
            label="Why"
            hint="What is done, by whom, since when. Auditors read it."
            required
            maxLength={4000}
            error={faultOf(error, 'statement')}
            value={statement}
            onChange={({ target }) => setStatement(target.value)}
          />
          <TextAreaField
            label="Evidence"
            hint="Addresses of documents or tickets, one a line."
            rows={2}
            error={faultOf(error, 'evidence')}
            value={evidence}
            onChange={({ target }) => setEvidence(target.value)}
          />
          <TextField
            label="Holds until"
            type="date"
            required
            hint="A year at most; then it has to be said anew."
            error={faultOf(error, 'expiresAt') ?? faultOf(error, 'team')}
            value={endsOn}
            onChange={({ target }) => setEndsOn(target.value)}
          />
        </>
      )}
    </FormDialog>
  );
}

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call, faultOf, wordsOf } from '../../api/api.ts';
import type { AnswerOf } from '../../api/client.ts';
import { type Me, meQuery, queryClient } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { Term } from '../../components/term.tsx';
import { tell } from '../../components/toast.tsx';
import { Section } from '../../shell/page.tsx';
import { ConfirmPassword } from './confirm-password.tsx';

type Step =
  | 'propose'
  | 'remove'
  | 'renew'
  | { readonly proposed: AnswerOf<'proposeSecondFactor'> }
  | { readonly codes: readonly string[] };

const refresh = () => queryClient.invalidateQueries({ queryKey: meQuery.queryKey });

/** Codes of an authenticator app beside the password, and recovery codes for when the device is lost. */
export function SecondFactor({ me }: { readonly me: Me }) {
  const [step, setStep] = useState<Step>();
  const close = () => setStep(undefined);
  return (
    <Section
      title="Second factor"
      about={
        <>
          Six digits of an authenticator app (<Term word="TOTP" />) beside the password.{' '}
          {me.hasSecondFactor ? 'It is on.' : 'It is off: whoever learns your password can sign in.'}
        </>
      }
    >
      <div className="flex flex-wrap gap-2">
        {me.hasSecondFactor ? (
          <>
            <Button onClick={() => setStep('renew')}>New recovery codes</Button>
            <Button look="danger" onClick={() => setStep('remove')}>
              Turn it off
            </Button>
          </>
        ) : (
          <Button icon="key" onClick={() => setStep('propose')}>
            Turn it on
          </Button>
        )}
      </div>
      <Steps step={step} onStep={setStep} onClose={close} />
    </Section>
  );
}

function Steps({
  step,
  onStep,
  onClose,
}: {
  readonly step: Step | undefined;
  readonly onStep: (step: Step) => void;
  readonly onClose: () => void;
}) {
  if (step === undefined) return null;
  if (typeof step === 'object')
    return 'codes' in step ? (
      <Codes codes={step.codes} onClose={onClose} />
    ) : (
      <Confirm proposed={step.proposed} onDone={(codes) => onStep({ codes })} onClose={onClose} />
    );
  if (step === 'propose')
    return (
      <ConfirmPassword
        title="Turn on the second factor"
        button="Continue"
        // The next step follows.
        onDone={() => undefined}
        onClose={onClose}
        action={async (password) => onStep({ proposed: await call('proposeSecondFactor', { body: { password } }) })}
      />
    );
  if (step === 'renew')
    return (
      <ConfirmPassword
        title="New recovery codes"
        about="The ones before are worth nothing then."
        button="Make them"
        onDone={() => undefined}
        onClose={onClose}
        action={async (password) =>
          onStep({ codes: (await call('renewRecoveryCodes', { body: { password } })).recoveryCodes })
        }
      />
    );
  return (
    <ConfirmPassword
      title="Turn off the second factor"
      about="Your password alone signs you in then."
      button="Turn it off"
      onClose={onClose}
      action={async (password) => {
        await call('removeSecondFactor', { body: { password } });
        await refresh();
        tell('The second factor is off');
      }}
    />
  );
}

function Confirm({
  proposed,
  onDone,
  onClose,
}: {
  readonly proposed: AnswerOf<'proposeSecondFactor'>;
  readonly onDone: (codes: readonly string[]) => void;
  readonly onClose: () => void;
}) {
  const [code, setCode] = useState('');
  const confirm = useMutation({
    mutationFn: () => call('confirmSecondFactor', { body: { code } }),
    onSuccess: async ({ recoveryCodes }) => {
      onDone(recoveryCodes);
      await refresh();
    },
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Add it to your authenticator app"
      about="Type the secret into the app, or open the link on the device that has it."
    >
      <form
        className="flex flex-col gap-4 pb-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          confirm.mutate();
        }}
      >
        <CodeBlock label="Secret" code={proposed.secret.replaceAll(/(.{4})/g, '$1 ').trim()} />
        <a href={proposed.uri} className="self-start text-link underline">
          Open in the app
        </a>
        <TextField
          label="Code that it shows"
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          required
          error={faultOf(confirm.error, 'code') ?? (confirm.error ? wordsOf(confirm.error) : undefined)}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isBusy={confirm.isPending}>
            Turn it on
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Codes({ codes, onClose }: { readonly codes: readonly string[]; readonly onClose: () => void }) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Keep these recovery codes"
      about="Each signs you in once when the app is not at hand. They are shown now and never again."
      footer={
        <Button look="primary" onClick={onClose}>
          I have kept them
        </Button>
      }
    >
      <CodeBlock label="Recovery codes" code={codes.join('\n')} />
    </Dialog>
  );
}

import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, wordsOf } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import { queryClient } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { Ago } from '../../components/time.tsx';
import { tell } from '../../components/toast.tsx';
import { Section } from '../../shell/page.tsx';
import { browserName } from './browser-name.ts';
import { ConfirmPassword } from './confirm-password.tsx';

/** Sign-in without a password: a key in the device, opened by a finger, a face or its code. */
export function Passkeys() {
  const [isAdding, setAdding] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['passkeys'],
    queryFn: ({ signal }) => call('listPasskeys', undefined, { signal }),
  });
  const hasPasskeys = 'PublicKeyCredential' in window;
  return (
    <Section
      title="Passkeys"
      about="A key in your device, opened by finger, face or code: no password to give away, and no second factor needed."
      actions={
        hasPasskeys && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            Add a passkey
          </Button>
        )
      }
    >
      {error && <p className="text-bad">{wordsOf(error)}</p>}
      {data === undefined && !error && <Skeleton className="h-8" />}
      {data?.items.length === 0 && <p className="text-muted">You have none.</p>}
      {data !== undefined && data.items.length > 0 && (
        <ul className="rounded-l border border-line">
          {data.items.map((passkey) => (
            <Passkey key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      {isAdding && (
        <ConfirmPassword
          title="Add a passkey"
          about="Then your browser asks where to keep it."
          button="Continue"
          onClose={() => setAdding(false)}
          action={addPasskey}
        />
      )}
    </Section>
  );
}

/** Ways to a key that the server knows; browsers may name newer ones. */
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;

async function addPasskey(password: string): Promise<void> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  const { challenge, options } = await call('askForPasskey', { body: { password } });
  // The contract names of the options only what the server itself relies on; the rest is for the browser.
  const made = await startRegistration({
    optionsJSON: options as Parameters<typeof startRegistration>[0]['optionsJSON'],
  });
  const { id, rawId, type, response, authenticatorAttachment } = made;
  const { clientDataJSON, attestationObject, transports } = response;
  await call('addPasskey', {
    body: {
      challenge,
      name: browserName(navigator.userAgent),
      response: {
        id,
        rawId,
        type,
        clientExtensionResults: {},
        response: {
          clientDataJSON,
          attestationObject,
          transports: TRANSPORTS.filter((known) => transports?.includes(known)),
        },
        ...(authenticatorAttachment && { authenticatorAttachment }),
      },
    },
  });
  await queryClient.invalidateQueries({ queryKey: ['passkeys'] });
  tell('Passkey added: sign in with it from now on');
}

function Passkey({ passkey }: { readonly passkey: ItemOf<'listPasskeys'> }) {
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => call('removePasskey', { params: { id: passkey.id } }),
    onSuccess: () => tell('Passkey removed'),
    onError: (error) => tell(wordsOf(error), { look: 'failed' }),
    onSettled: () => {
      setAsking(false);
      return queryClient.invalidateQueries({ queryKey: ['passkeys'] });
    },
  });
  return (
    <li className="flex items-center gap-3 border-b border-line px-4 py-2.5 last:border-0">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{passkey.name}</p>
        <p className="text-small text-muted">
          added <Ago at={passkey.createdAt} />,{' '}
          {passkey.lastUsedAt === null ? (
            'never used'
          ) : (
            <>
              used <Ago at={passkey.lastUsedAt} />
            </>
          )}
        </p>
      </div>
      <Button look="danger" onClick={() => setAsking(true)}>
        Remove
      </Button>
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title="Remove this passkey?"
        about="It does not sign you in any more. Remove it from your device as well."
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Cancel</Button>
            <Button look="danger" isBusy={remove.isPending} onClick={() => remove.mutate()}>
              Remove
            </Button>
          </>
        }
      >
        {undefined}
      </Dialog>
    </li>
  );
}

import { useMutation, useQuery } from '@tanstack/react-query';
import { call, wordsOf } from '../../api/api.ts';
import { signInWithPasskey } from '../../api/session.ts';
import { Button } from '../../components/button.tsx';

/** Passkeys, and the identity providers that this server knows. */
export function OtherWays({ onEnter }: { readonly onEnter: () => void }) {
  const providers = useQuery({
    queryKey: ['sign-in-providers'],
    queryFn: ({ signal }) => call('listSignInProviders', undefined, { signal }),
  }).data?.items;
  const passkey = useMutation({ mutationFn: signInWithPasskey, onSuccess: onEnter });
  const provider = useMutation({
    mutationFn: (id: string) => call('beginProviderSignIn', { params: { id } }),
    onSuccess: ({ url }) => location.assign(url),
  });
  const hasPasskeys = 'PublicKeyCredential' in window;
  const error = passkey.error ?? provider.error;
  if (!hasPasskeys && !providers?.length) return null;
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-4">
      {hasPasskeys && (
        <Button icon="key" isBusy={passkey.isPending} onClick={() => passkey.mutate()}>
          Sign in with a passkey
        </Button>
      )}
      {providers?.map(({ id, name }) => (
        <Button key={id} isBusy={provider.isPending && provider.variables === id} onClick={() => provider.mutate(id)}>
          Sign in with {name}
        </Button>
      ))}
      {error && (
        <p role="alert" className="text-bad">
          {error.name === 'NotAllowedError' ? 'No passkey was chosen.' : wordsOf(error)}
        </p>
      )}
    </div>
  );
}

import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { call, faultOf, wordsOf } from '../../api/api.ts';
import { ApiProblem } from '../../api/client.ts';
import { signIn } from '../../api/session.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Frame } from '../sign-in/frame.tsx';

/** Takes a one-time link: its token stands behind #, where no server and no log sees it, and is taken out of the address at once. */
export function Welcome() {
  const router = useRouter();
  const [token] = useState(() => location.hash.slice(1));
  const [needsName, setNeedsName] = useState(false);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  useEffect(() => history.replaceState(history.state, '', location.pathname), []);
  const use = useMutation({
    mutationFn: async () => {
      const account = await call('useSignInLink', { body: { token, password, ...(needsName && { name }) } });
      await signIn({ name: account.name, password });
    },
    onSuccess: () => router.history.push('/inbox'),
    onError: (error) => {
      if (faultOf(error, 'name') !== undefined) setNeedsName(true);
    },
  });
  const hasFaults = use.error instanceof ApiProblem && use.error.fields.length > 0;
  if (token === '')
    return (
      <Frame
        title="This link is not whole"
        about="Open it again as it was given to you, with everything behind the #. Ask for a new one when it is a day old."
      >
        <Button onClick={() => void router.navigate({ to: '/sign-in' })}>To the sign-in</Button>
      </Frame>
    );
  const isFirst = needsName;
  return (
    <Frame
      title={isFirst ? 'Become the administrator' : 'Set your password'}
      about={
        isFirst
          ? 'You are the first here: choose the name that you will sign in with.'
          : 'This link works once. Afterwards you sign in with this password.'
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          use.mutate();
        }}
      >
        {isFirst && (
          <TextField
            label="Name"
            autoComplete="username"
            required
            autoFocus
            maxLength={200}
            error={name === '' ? undefined : faultOf(use.error, 'name')}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
        <TextField
          label="Password"
          type="password"
          autoComplete="new-password"
          required
          minLength={12}
          hint="Twelve characters or more; a sentence is a good one."
          error={faultOf(use.error, 'password')}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {use.error !== null && !hasFaults && (
          <p role="alert" className="text-bad">
            {wordsOf(use.error)}
          </p>
        )}
        <Button type="submit" look="primary" isBusy={use.isPending}>
          Continue
        </Button>
      </form>
    </Frame>
  );
}

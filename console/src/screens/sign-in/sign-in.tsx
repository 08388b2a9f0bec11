import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ApiProblem } from '../../api/client.ts';
import { signIn } from '../../api/session.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { failure } from './failure-words.ts';
import { Frame } from './frame.tsx';
import { OtherWays } from './other-ways.tsx';
import { signInRoute } from './route.ts';

export function SignIn() {
  const router = useRouter();
  const { next, problem: failed } = signInRoute.useSearch();
  const enter = () => router.history.push(next ?? '/inbox');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const entry = useMutation({
    mutationFn: signIn,
    onSuccess: enter,
  });
  const problem = entry.error instanceof ApiProblem ? entry.error : undefined;
  // The server asks for it only when the password was right and the account has one.
  const needsCode = problem?.code === 'second-factor-needed' || code !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    entry.mutate({ name, password, ...(needsCode && { code }) });
  };
  return (
    <Frame title="Sign in">
      {failed !== undefined && (
        <p role="alert" className="text-bad">
          {failure(failed)}
        </p>
      )}
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="Name"
          name="username"
          autoComplete="username webauthn"
          required
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {needsCode && (
          <TextField
            label="Code"
            name="code"
            autoComplete="one-time-code"
            inputMode="text"
            required
            autoFocus
            hint="Six digits of your authenticator app, or one of your recovery codes."
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
        {entry.error && problem?.code !== 'second-factor-needed' && (
          <p role="alert" className="text-bad">
            {entry.error.message}
          </p>
        )}
        <Button type="submit" look="primary" isBusy={entry.isPending}>
          Sign in
        </Button>
      </form>
      <OtherWays onEnter={enter} />
    </Frame>
  );
}

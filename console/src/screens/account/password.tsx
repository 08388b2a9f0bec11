import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call, faultOf, wordsOf } from '../../api/api.ts';
import { ApiProblem } from '../../api/client.ts';
import { queryClient } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { tell } from '../../components/toast.tsx';
import { Section } from '../../shell/page.tsx';

export function Password() {
  const [password, setPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const change = useMutation({
    mutationFn: () => call('changePassword', { body: { password, newPassword } }),
    onSuccess: () => {
      setPassword('');
      setNewPassword('');
      tell('Password changed; your other sessions are ended');
      void queryClient.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  const isOther = change.error && !(change.error instanceof ApiProblem && change.error.fields.length > 0);
  return (
    <Section title="Password" about="Changing it ends your other sessions.">
      <form
        className="grid items-start gap-4 sm:grid-cols-2"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <TextField
          label="Password now"
          type="password"
          autoComplete="current-password"
          required
          error={faultOf(change.error, 'password')}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          required
          minLength={12}
          hint="Twelve characters or more."
          error={faultOf(change.error, 'newPassword')}
          value={newPassword}
          onChange={(event) => setNewPassword(event.target.value)}
        />
        <div className="flex items-center gap-3 sm:col-span-2">
          <Button type="submit" isBusy={change.isPending}>
            Change the password
          </Button>
          {isOther && (
            <p role="alert" className="text-bad">
              {wordsOf(change.error)}
            </p>
          )}
        </div>
      </form>
    </Section>
  );
}

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { faultOf, wordsOf } from '../../api/api.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';

/** Asks for the password before how somebody signs in is changed: whoever sits down at an open browser does not know it. */
export function ConfirmPassword({
  title,
  about,
  button,
  action,
  onDone,
  onClose,
}: {
  readonly title: string;
  readonly about?: ReactNode;
  readonly button: string;
  readonly action: (password: string) => Promise<void>;
  /** After the action; closes when absent. */
  readonly onDone?: () => void;
  readonly onClose: () => void;
}) {
  const [password, setPassword] = useState('');
  const doing = useMutation({ mutationFn: action, onSuccess: onDone ?? onClose });
  const fault = faultOf(doing.error, 'password') ?? (doing.error ? wordsOf(doing.error) : undefined);
  return (
    <Dialog isOpen onClose={onClose} title={title} about={about}>
      <form
        className="flex flex-col gap-4 pb-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          doing.mutate(password);
        }}
      >
        <TextField
          label="Your password"
          type="password"
          autoComplete="current-password"
          autoFocus
          required
          error={fault}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isBusy={doing.isPending}>
            {button}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

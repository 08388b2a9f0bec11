import { useMutation } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { useId } from 'react';
import { wordsOf } from '../api/api.ts';
import { queryClient } from '../api/queries.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { tell } from './toast.tsx';

interface FormDialogProps<Answer> {
  readonly title: string;
  readonly about?: ReactNode;
  /** On the button that does it. */
  readonly verb: string;
  readonly isDanger?: boolean;
  /** False while something that is needed is missing. */
  readonly isValid?: boolean;
  readonly width?: 'm' | 'l';
  readonly run: () => Promise<Answer>;
  /** What is told when it is done. */
  readonly done: string;
  /** First words of the keys of queries whose answers are others now. */
  readonly changes: readonly string[];
  readonly onClose: () => void;
  /** Instead of closing: to show what came of it. */
  readonly onDone?: (answer: Answer) => void;
  readonly children?: ReactNode | ((error: Error | null) => ReactNode);
}

/** A form, or a question, in a dialog: Enter sends it, what the server says against it stands at the end. */
export function FormDialog<Answer>({ children, ...props }: FormDialogProps<Answer>) {
  const { title, about, verb, isDanger = false, isValid = true, width, run, done, changes, onClose, onDone } = props;
  const form = useId();
  const sending = useMutation({
    mutationFn: run,
    onSuccess: (answer) => {
      tell(done);
      for (const noun of changes) void queryClient.invalidateQueries({ queryKey: [noun] });
      if (onDone) onDone(answer);
      else onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isValid && !sending.isPending) sending.mutate();
  };
  return (
    <Dialog
      isOpen
      title={title}
      about={about}
      onClose={onClose}
      {...(width && { width })}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            look={isDanger ? 'danger' : 'primary'}
            isBusy={sending.isPending}
            disabled={!isValid}
          >
            {verb}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        {typeof children === 'function' ? children(sending.error) : children}
        {sending.error && (
          <p role="alert" className="text-bad">
            {wordsOf(sending.error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}

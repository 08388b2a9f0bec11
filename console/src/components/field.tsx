import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

export const inputLook =
  'h-8 w-full min-w-0 rounded-m border border-line-strong bg-surface px-2.5 text-ink placeholder:text-faint aria-invalid:border-bad max-md:h-10 max-md:text-[16px]';

interface Labelled {
  readonly label: string;
  /** Below it: what is expected, before anything is wrong. */
  readonly hint?: ReactNode;
  /** What is wrong and what to do. */
  readonly error?: string | undefined;
}

/** A label, a hint and an error around a control; gives the control its id and what describes it. */
function Field({
  label,
  hint,
  error,
  children,
}: Labelled & {
  readonly children: (control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}) {
  const id = useId();
  const described = error !== undefined || hint !== undefined;
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children({
        id,
        ...(described && { 'aria-describedby': `${id}-about` }),
        ...(error !== undefined && { 'aria-invalid': true as const }),
      })}
      {described && (
        <p
          id={`${id}-about`}
          role={error !== undefined ? 'alert' : undefined}
          className={classNames('text-small', error !== undefined ? 'text-bad' : 'text-muted')}
        >
          {error ?? hint}
        </p>
      )}
    </div>
  );
}

export function TextField({ label, hint, error, className, ...rest }: Labelled & ComponentProps<'input'>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <input {...rest} {...control} className={classNames(inputLook, className)} />}
    </Field>
  );
}

export function TextAreaField({ label, hint, error, className, ...rest }: Labelled & ComponentProps<'textarea'>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <textarea rows={4} {...rest} {...control} className={classNames(inputLook, 'h-auto py-2', className)} />
      )}
    </Field>
  );
}

export interface SelectOption {
  readonly value: string;
  readonly label: string;
}

/** The platform's own list: it works by keyboard, by voice and on a phone. */
export function Select({
  options,
  className,
  ...rest
}: ComponentProps<'select'> & { readonly options: readonly SelectOption[] }) {
  return (
    <span className={classNames('relative inline-flex min-w-0', className)}>
      <select {...rest} className={classNames(inputLook, 'appearance-none pr-8')}>
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Icon name="down" className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-muted" />
    </span>
  );
}

export function SelectField({
  label,
  hint,
  error,
  ...rest
}: Labelled & ComponentProps<'select'> & { readonly options: readonly SelectOption[] }) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <Select {...rest} {...control} />}
    </Field>
  );
}

export function Checkbox({
  label,
  hint,
  className,
  ...rest
}: ComponentProps<'input'> & { readonly label: ReactNode; readonly hint?: string }) {
  return (
    <label className={classNames('flex min-h-6 items-start gap-2', className)}>
      <input type="checkbox" {...rest} className="mt-0.5 size-4 shrink-0 accent-accent" />
      <span>
        {label}
        {hint && <span className="block text-small text-muted">{hint}</span>}
      </span>
    </label>
  );
}

import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';
import { Tooltip } from './tooltip.tsx';

const LOOKS = {
  /** One a screen: what most people came to do. */
  primary: 'bg-accent text-on-accent border-transparent hover:brightness-110',
  secondary: 'bg-surface text-ink border-line hover:bg-hover',
  quiet: 'border-transparent text-muted hover:bg-hover hover:text-ink',
  /** Takes something away. */
  danger: 'bg-surface text-bad border-line hover:bg-bad-soft',
} as const;

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: keyof typeof LOOKS;
  readonly icon?: IconName;
  readonly isBusy?: boolean;
}

/** A button with words. While it is busy it cannot be pressed again. */
export function Button({
  look = 'secondary',
  icon,
  isBusy = false,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || isBusy}
      aria-busy={isBusy || undefined}
      className={classNames(
        'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-m border px-3 font-medium whitespace-nowrap disabled:opacity-50 max-md:h-10',
        LOOKS[look],
        className,
      )}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends ComponentProps<'button'> {
  readonly icon: IconName;
  /** What it does, in words: read aloud, and shown beside the pointer. */
  readonly label: string;
  readonly shortcut?: string;
}

export function IconButton({ icon, label, shortcut, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        className={classNames(
          'inline-flex size-8 shrink-0 items-center justify-center rounded-m text-muted hover:bg-hover hover:text-ink disabled:opacity-50 max-md:size-10',
          className,
        )}
      >
        <Icon name={icon} />
      </button>
    </Tooltip>
  );
}

/** What is one of several, side by side: density, theme, units of time. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode }[];
  readonly onChange: (value: Value) => void;
}) {
  return (
    <fieldset className="inline-flex rounded-m border border-line bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="relative rounded-s px-2.5 py-1 text-small text-muted has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-focus"
        >
          <input
            type="radio"
            className="absolute inset-0 cursor-pointer opacity-0"
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}

import { useState } from 'react';
import { classNames } from './class-names.ts';
import { copyText } from './copy.ts';
import { Icon } from './icon.tsx';

/** Text to be read or run as it is, with a button that copies it. With `isDiff`, lines that begin with + and - are marked so. */
export function CodeBlock({
  code,
  label,
  isDiff = false,
}: {
  readonly code: string;
  readonly label: string;
  readonly isDiff?: boolean;
}) {
  return (
    <figure className="overflow-hidden rounded-m border border-line bg-sunken">
      <figcaption className="flex items-center justify-between gap-2 border-b border-line py-0.5 pr-1 pl-3 text-small text-muted">
        {label}
        <CopyButton text={code} what={label} />
      </figcaption>
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className="max-h-96 overflow-auto px-3 py-2 font-mono text-small"
      >
        {isDiff ? (
          code.split('\n').map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are alike and do not move
            <DiffLine key={index} line={line} />
          ))
        ) : (
          <code>{code}</code>
        )}
      </pre>
    </figure>
  );
}

function DiffLine({ line }: { readonly line: string }) {
  const isAdded = line.startsWith('+') && !line.startsWith('+++');
  const isRemoved = line.startsWith('-') && !line.startsWith('---');
  return (
    <code
      className={classNames(
        '-mx-3 block px-3',
        isAdded && 'bg-good-soft',
        isRemoved && 'bg-bad-soft',
        line.startsWith('@@') && 'text-muted',
      )}
    >
      {line === '' ? ' ' : line}
    </code>
  );
}

export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  return (
    <button
      type="button"
      aria-label={`Copy ${what}`}
      onClick={async () => {
        setState((await copyText(text)) ? 'copied' : 'failed');
        setTimeout(() => setState('idle'), 2000);
      }}
      className="inline-flex h-6 items-center gap-1 rounded-s px-1.5 text-small text-muted hover:bg-hover hover:text-ink"
    >
      <Icon name={state === 'copied' ? 'check' : 'copy'} className="size-3.5" />
      <span aria-live="polite">{{ idle: 'Copy', copied: 'Copied', failed: 'Select it and copy' }[state]}</span>
    </button>
  );
}

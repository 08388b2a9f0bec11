import type { ReactNode } from 'react';
import { Icon } from '../../../components/icon.tsx';
import type { FindingDetails } from '../details.ts';
import { Part } from './part.tsx';

/** Who says so, in their own words. */
export function EvidencePart({ details }: { readonly details: FindingDetails }) {
  const { evidence, references, aliases, controls, published, severitySource } = details;
  if (evidence.length + references.length + aliases.length + controls.length === 0) return null;
  return (
    <Part title="Evidence" aside={published && `published ${published.slice(0, 10)}`}>
      {evidence.length > 0 && (
        <ul className="flex flex-col gap-1.5">
          {evidence.map(({ source, id, text }) => (
            <li key={source + id + text} className="break-words">
              <span className="font-medium">{source}</span>{' '}
              <span className="font-mono text-small text-muted">{id}</span>
              <span className="block text-muted">{text}</span>
            </li>
          ))}
        </ul>
      )}
      <dl className="grid grid-cols-[6rem_1fr] gap-y-1">
        <Fact name="Rated by">{severitySource}</Fact>
        <Fact name="Also called">{aliases.join(', ')}</Fact>
        <Fact name="Controls">{controls.join(', ')}</Fact>
      </dl>
      {references.length > 0 && (
        <ul className="flex flex-col gap-0.5">
          {references.slice(0, 8).map((address) => (
            <li key={address} className="truncate">
              <a
                href={address}
                target="_blank"
                rel="noreferrer"
                className="inline-flex max-w-full items-center gap-1 text-link hover:underline"
              >
                <span className="truncate">{address.replace(/^https?:\/\//, '')}</span>
                <Icon name="external" className="size-3.5" />
                <span className="sr-only">opens elsewhere</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  if (!children) return null;
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="break-words">{children}</dd>
    </>
  );
}

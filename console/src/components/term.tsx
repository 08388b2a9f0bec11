import type { ReactNode } from 'react';
import { type GlossaryWord, glossary } from './glossary.ts';
import { Tooltip } from './tooltip.tsx';

/** A word that explains itself under the pointer and the focus. */
export function Term({ word, children }: { readonly word: GlossaryWord; readonly children?: ReactNode }) {
  return (
    <Tooltip text={glossary[word]}>
      <button type="button" className="term rounded-s">
        {children ?? word}
      </button>
    </Tooltip>
  );
}

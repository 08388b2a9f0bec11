import { useState } from 'react';
import type { Finding } from './data.ts';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly findings: readonly Finding[];
  readonly toggle: (finding: Finding, index: number, isRange: boolean) => void;
  readonly clear: () => void;
}

/** Rows that were chosen; with Shift, all from the one chosen before on. */
export function useSelection(rowAt: (index: number) => Finding | undefined): Selection {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Finding>>(new Map());
  const [anchor, setAnchor] = useState<number>();
  return {
    ids: new Set(chosen.keys()),
    findings: [...chosen.values()],
    toggle: (finding, index, isRange) => {
      const next = new Map(chosen);
      if (isRange && anchor !== undefined) {
        for (let at = Math.min(anchor, index); at <= Math.max(anchor, index); at++) {
          const row = rowAt(at);
          if (row !== undefined) next.set(row.id, row);
        }
      } else if (!next.delete(finding.id)) next.set(finding.id, finding);
      setAnchor(index);
      setChosen(next);
    },
    clear: () => setChosen(new Map()),
  };
}

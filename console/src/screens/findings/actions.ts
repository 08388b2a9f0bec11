import { useState } from 'react';
import { useMe } from '../../api/me.ts';
import { tell } from '../../components/toast.tsx';
import { type Change, changeFindings } from './change.ts';
import type { Finding } from './data.ts';

type Some = readonly Finding[];

/** What can be done about findings, one or many. */
export interface Actions {
  readonly assignToMe: (findings: Some) => void;
  readonly assign: (findings: Some) => void;
  readonly start: (findings: Some) => void;
  readonly stop: (findings: Some) => void;
  readonly reopen: (findings: Some) => void;
  readonly due: (findings: Some) => void;
  readonly except: (findings: Some) => void;
}

/** What is being asked about which findings. */
export interface Asking {
  readonly what: 'assign' | 'due' | 'except';
  readonly findings: Some;
}

export function useActions(): {
  readonly actions: Actions;
  readonly asking: Asking | undefined;
  readonly close: () => void;
} {
  const me = useMe();
  const [asking, setAsking] = useState<Asking>();
  const ask = (what: Asking['what']) => (findings: Some) => findings.length > 0 && setAsking({ what, findings });
  const change = (what: Change, done: string, isFor: (finding: Finding) => boolean) => (findings: Some) => {
    const fitting = findings.filter(isFor);
    if (fitting.length > 0) void changeFindings(fitting, what, done);
    else if (findings.length > 0) tell('There is nothing of that to do about these', { look: 'failed' });
  };
  const actions: Actions = {
    assignToMe: change({ assignee: me.id }, 'Assigned to you', ({ assignee }) => assignee !== me.id),
    assign: ask('assign'),
    start: change({ state: 'in-progress' }, 'In progress', ({ state }) => state === 'open'),
    stop: change({ state: 'open' }, 'Open', ({ state }) => state === 'in-progress'),
    reopen: change(
      { state: 'open', reason: 'Opened again in the console' },
      'Open again',
      ({ state }) => !['open', 'in-progress', 'fixed'].includes(state),
    ),
    due: ask('due'),
    except: (findings) => {
      const [first] = findings;
      if (findings.some(({ rule, kind }) => rule !== first?.rule || kind !== first.kind))
        tell('An exception is for one rule: choose findings of the same one', { look: 'failed' });
      else ask('except')(findings);
    },
  };
  return { actions, asking, close: () => setAsking(undefined) };
}

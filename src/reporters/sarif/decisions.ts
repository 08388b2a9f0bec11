import type { ScanReport } from '#scan/index.ts';
import { type DecisionNote, decisionNotes } from '../decision-notes.ts';
import { fingerprint } from '../identity.ts';
import { groupBy } from '../tally.ts';
import { limits, shortText } from './limits.ts';
import type { ResultContext } from './results.ts';

/** Of the results that services take, decisions of policies get so many. */
const MAX_DECISIONS = 5_000;

/** What policies decided, as rules and results behind those of findings. */
export function decisionsOf(report: ScanReport, context: ResultContext, firstRule: number) {
  const notes = decisionNotes(report).slice(0, MAX_DECISIONS);
  const groups = [...groupBy(notes, ({ policy }) => policy)];
  const indexes = new Map(groups.map(([policy], index) => [policy, firstRule + index]));
  return {
    rules: groups.flatMap(([, [first]]) => (first ? [ruleOf(first)] : [])),
    results: notes.map((note) => resultOf(note, indexes.get(note.policy), context)),
  };
}

function ruleOf({ policy, title }: DecisionNote): unknown {
  return {
    id: ruleId(policy),
    name: 'Policy',
    shortDescription: { text: shortText(title, 300) },
    fullDescription: { text: shortText(title) },
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['security', 'policy'], precision: 'very-high', 'problem.severity': 'error' },
  };
}

const ruleId = (policy: string): string => `policy/${shortText(policy, 200)}`;

const levels: Readonly<Record<DecisionNote['outcome'], string>> = {
  denied: 'error',
  warned: 'warning',
  audited: 'note',
  excepted: 'error',
  ignored: 'note',
};

function resultOf(note: DecisionNote, ruleIndex: number | undefined, context: ResultContext): unknown {
  const { policy, outcome, message, path, line, column, severity, exception } = note;
  const identity = fingerprint(context.lineage, ...note.identity);
  return {
    ruleId: ruleId(policy),
    ruleIndex,
    level: levels[outcome],
    message: { text: shortText(message, limits.messageText) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: context.locationOf(path),
          region: { startLine: line, startColumn: column },
        },
      },
    ],
    partialFingerprints: { primaryLocationLineHash: `${identity.slice(0, 16)}:1`, 'plimsoll/v1': identity },
    suppressions:
      exception === undefined
        ? undefined
        : [{ kind: 'external', status: 'accepted', justification: shortText(exception) }],
    properties: { kind: 'policy', severity, outcome },
  };
}

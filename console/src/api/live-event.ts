/** What the server tells of while it happens: GET /api/v1/live. */
export interface LiveEvent {
  readonly topic: LiveTopic;
  /** `opened`, `reopened`, `fixed`, `changed`, … */
  readonly change: string;
  /** Id of what it is about. */
  readonly subject: string;
  /** What lists show of it: state, severity, assignee; a count where it is about many. */
  readonly facts: ReadonlyMap<string, unknown>;
}

/** `reset`: something may have been missed. */
export const liveTopics = ['finding', 'findings', 'exception', 'delivery', 'job', 'reset'] as const;
export type LiveTopic = (typeof liveTopics)[number];

/** Undefined for what cannot be read. */
export function readLiveEvent(topic: LiveTopic, data: string): LiveEvent | undefined {
  const facts = membersOf(data);
  const text = (name: string) => {
    const value = facts?.get(name);
    return typeof value === 'string' ? value : '';
  };
  return facts && { topic, change: text('change'), subject: text('subject'), facts };
}

function membersOf(data: string): ReadonlyMap<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}

/** How many findings are new by it. */
export function newFindings({ topic, change, facts }: LiveEvent): number {
  if (change !== 'opened' && change !== 'reopened') return 0;
  const count = facts.get('count');
  if (topic === 'findings') return typeof count === 'number' && count > 0 ? count : 0;
  return topic === 'finding' ? 1 : 0;
}

/** What a list that shows a finding shows of it from now on. */
export function shownChange({ facts }: LiveEvent): {
  readonly state?: string;
  readonly severity?: string;
  readonly assignee?: string | null;
} {
  const [state, severity, assignee] = ['state', 'severity', 'assignee'].map((name) => facts.get(name));
  return {
    ...(typeof state === 'string' && { state }),
    ...(typeof severity === 'string' && { severity }),
    ...((typeof assignee === 'string' || assignee === null) && { assignee }),
  };
}

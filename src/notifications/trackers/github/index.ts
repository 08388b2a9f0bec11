import { z } from 'zod';
import { signedBy, webhookSecret } from '../../hook.ts';
import { headerSecret, webAddress } from '../../settings.ts';
import {
  COMMON_LABEL,
  declareTracker,
  descriptionLines,
  fillField,
  type RemoteTicket,
  type TrackerCall,
} from '../../tracker.ts';

const settings = z.strictObject({
  apiUrl: webAddress.default('https://api.github.com'),
  /** With the right to write issues. */
  token: headerSecret,
  repository: z.string().regex(/^[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100}$/, 'As owner/name.'),
  /** Further labels of new issues, with `{severity}`, `{team}`, … filled in. */
  labels: z.array(z.string().min(1).max(50)).max(20).default([]),
  /** An issue with this label is being worked on. */
  inProgressLabel: z.string().min(1).max(50).default('in progress'),
  webhookSecret,
});

type Settings = z.infer<typeof settings>;

const issue = z.object({
  number: z.int(),
  html_url: z.string().max(2000),
  state: z.enum(['open', 'closed']),
  labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])),
});

const hook = z.object({ issue: z.object({ number: z.int() }) });

/** Issues of a repository on GitHub or GitHub Enterprise. */
export const github = declareTracker<Settings>({
  id: 'github',
  title: 'GitHub issues',
  references: [
    'https://docs.github.com/rest/issues/issues',
    'https://docs.github.com/rest/issues/comments',
    'https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries',
  ],
  settings,
  secrets: ['token', 'webhookSecret'],
  destination: ['apiUrl'],
  hook: {
    isGenuine: signedBy('x-hub-signature-256'),
    keyOf(document) {
      const read = hook.safeParse(document);
      return read.success ? String(read.data.issue.number) : undefined;
    },
  },
  async create({ label, title, facts }, given, call) {
    const own = given.labels.map((one) => String(fillField(one, facts)).slice(0, 50)).filter((one) => one !== '');
    const content = {
      title: title.slice(0, 250),
      body: descriptionLines(facts).map(plain).join('\n'),
      labels: [...new Set([COMMON_LABEL, label, ...own])],
    };
    return ticketOf(issue.parse(await send(call, given, 'POST', 'issues', content)), given);
  },
  async find(label, given, call) {
    const search = new URLSearchParams({ labels: label, state: 'all', per_page: '1' });
    const [first] = z.array(issue).parse(await send(call, given, 'GET', `issues?${search}`));
    return first && ticketOf(first, given);
  },
  async get(key, given, call) {
    return ticketOf(issue.parse(await send(call, given, 'GET', `issues/${encodeURIComponent(key)}`)), given);
  },
  async comment(key, text, given, call) {
    await send(call, given, 'POST', `issues/${encodeURIComponent(key)}/comments`, { body: plain(text) });
  },
  async setState(key, state, given, call) {
    const change = state === 'closed' ? { state, state_reason: 'completed' } : { state, state_reason: 'reopened' };
    await send(call, given, 'PATCH', `issues/${encodeURIComponent(key)}`, change);
  },
  async changedSince(since, _, given, call) {
    const tickets: RemoteTicket[] = [];
    for (let page = 1; page <= MAX_PAGES; page++) {
      const search = new URLSearchParams({
        labels: COMMON_LABEL,
        state: 'all',
        since: since.toISOString(),
        sort: 'updated',
        direction: 'asc',
        per_page: String(PAGE),
        page: String(page),
      });
      const found = z.array(issue).parse(await send(call, given, 'GET', `issues?${search}`));
      tickets.push(...found.map((one) => ticketOf(one, given)));
      if (found.length < PAGE) break;
    }
    return tickets;
  },
});

const PAGE = 100;
const MAX_PAGES = 20;

function ticketOf({ number, html_url: url, state, labels }: z.infer<typeof issue>, given: Settings): RemoteTicket {
  const names = labels.map((label) => (typeof label === 'string' ? label : (label.name ?? '')));
  const isStarted = state === 'open' && names.includes(given.inProgressLabel);
  return {
    key: String(number),
    url,
    status: isStarted ? given.inProgressLabel : state,
    state: isStarted ? 'in-progress' : state,
  };
}

function send(
  call: TrackerCall,
  { apiUrl, token, repository }: Settings,
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: unknown,
) {
  return call({
    method,
    url: `${apiUrl.replace(/\/+$/, '')}/repos/${repository}/${path}`,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
    },
    ...(body !== undefined && { body }),
  });
}

/** Names of what was scanned must not become links, mentions, references or HTML. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]()#<>~|!&]/g, (sign) => `\\${sign}`).replaceAll('@', '@\u2060');
}

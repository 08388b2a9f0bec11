import { z } from 'zod';
import { carriedBy, webhookSecret } from '../../hook.ts';
import { headerSecret, webAddress } from '../../settings.ts';
import {
  COMMON_LABEL,
  declareTracker,
  descriptionLines,
  fillField,
  type RemoteTicket,
  type TrackerCall,
  type TrackerRequest,
} from '../../tracker.ts';

const settings = z.strictObject({
  url: webAddress.default('https://gitlab.com'),
  /** With the scope api. */
  token: headerSecret,
  /** The number of a project, or its path. */
  project: z.string().regex(/^(?:\d{1,12}|[\w.-]+(?:\/[\w.-]+)+)$/, 'A number, or a path as group/name.'),
  /** Further labels of new issues, with `{severity}`, `{team}`, … filled in. */
  labels: z.array(z.string().min(1).max(100)).max(20).default([]),
  /** Further members of new issues: `{ "weight": 3, "issue_type": "incident" }`. */
  fields: z.record(z.string().max(100), z.unknown()).default({}),
  /** An issue with this label is being worked on. */
  inProgressLabel: z.string().min(1).max(100).default('in progress'),
  webhookSecret,
});

type Settings = z.infer<typeof settings>;

const issue = z.object({
  iid: z.int(),
  web_url: z.string().max(2000),
  state: z.string(),
  labels: z.array(z.string()),
});

const hook = z.object({ object_kind: z.literal('issue'), object_attributes: z.object({ iid: z.int() }) });

/** Issues of a project on GitLab, over version 4 of the interface. */
export const gitlab = declareTracker<Settings>({
  id: 'gitlab',
  title: 'GitLab issues',
  references: [
    'https://docs.gitlab.com/api/issues/',
    'https://docs.gitlab.com/api/notes/',
    'https://docs.gitlab.com/user/project/integrations/webhooks/',
  ],
  settings,
  secrets: ['token', 'webhookSecret'],
  destination: ['url'],
  hook: {
    isGenuine: carriedBy('x-gitlab-token'),
    keyOf(document) {
      const read = hook.safeParse(document);
      return read.success ? String(read.data.object_attributes.iid) : undefined;
    },
  },
  async create({ label, title, facts }, given, call) {
    const own = given.labels.map((one) => String(fillField(one, facts)).replaceAll(',', ' ').slice(0, 100));
    const content = {
      ...Object.fromEntries(Object.entries(given.fields).map(([name, field]) => [name, fillField(field, facts)])),
      title: title.slice(0, 250),
      description: descriptionLines(facts).map(plain).join('  \n'),
      labels: [...new Set([COMMON_LABEL, label, ...own.filter((one) => one !== '')])].join(','),
    };
    return ticketOf(issue.parse(await send(call, given, 'POST', 'issues', content)), given);
  },
  async find(label, given, call) {
    const search = new URLSearchParams({ labels: label, state: 'all', scope: 'all', per_page: '1' });
    const [first] = z.array(issue).parse(await send(call, given, 'GET', `issues?${search}`));
    return first && ticketOf(first, given);
  },
  async get(key, given, call) {
    return ticketOf(issue.parse(await send(call, given, 'GET', `issues/${encodeURIComponent(key)}`)), given);
  },
  async comment(key, text, given, call) {
    await send(call, given, 'POST', `issues/${encodeURIComponent(key)}/notes`, { body: plain(text) });
  },
  async setState(key, state, given, call) {
    const path = `issues/${encodeURIComponent(key)}`;
    const { state: now } = issue.parse(await send(call, given, 'GET', path));
    if ((now === 'closed') === (state === 'closed')) return;
    await send(call, given, 'PUT', path, { state_event: state === 'closed' ? 'close' : 'reopen' });
  },
  async changedSince(since, _, given, call) {
    const tickets: RemoteTicket[] = [];
    for (let page = 1; page <= MAX_PAGES; page++) {
      const search = new URLSearchParams({
        labels: COMMON_LABEL,
        state: 'all',
        scope: 'all',
        updated_after: since.toISOString(),
        order_by: 'updated_at',
        sort: 'asc',
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

function ticketOf({ iid, web_url: url, state, labels }: z.infer<typeof issue>, given: Settings): RemoteTicket {
  const isClosed = state === 'closed';
  const isStarted = !isClosed && labels.includes(given.inProgressLabel);
  return {
    key: String(iid),
    url,
    status: isStarted ? given.inProgressLabel : state,
    state: isClosed ? 'closed' : isStarted ? 'in-progress' : 'open',
  };
}

function send(
  call: TrackerCall,
  { url, token, project }: Settings,
  method: TrackerRequest['method'],
  path: string,
  body?: unknown,
) {
  return call({
    method,
    url: `${url.replace(/\/+$/, '')}/api/v4/projects/${encodeURIComponent(project)}/${path}`,
    headers: { 'private-token': token, accept: 'application/json' },
    ...(body !== undefined && { body }),
  });
}

/** Names of what was scanned must not become links, mentions, references, quick actions or HTML. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]()#<>~|!&$%/]/g, (sign) => `\\${sign}`).replaceAll('@', '@\u2060');
}

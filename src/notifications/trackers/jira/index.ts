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
  /** `https://example.atlassian.net` */
  url: webAddress,
  /** Cloud signs in with an e-mail address and a token of it, a data center with a personal access token alone. */
  user: z.email().optional(),
  token: headerSecret,
  project: z.string().regex(/^[A-Z][A-Z0-9_]{1,50}$/, 'The key of a project, as SHOP.'),
  issueType: z.string().min(1).max(100).default('Bug'),
  /** Further fields of new tickets, with `{severity}`, `{rule}`, `{asset}`, `{team}`, `{due}` filled in. */
  fields: z.record(z.string().max(100), z.unknown()).default({}),
  /** Names of statuses to go to; without, the first of the right category that the workflow offers. */
  closedStatus: z.string().max(100).optional(),
  openStatus: z.string().max(100).optional(),
  webhookSecret,
});

type Settings = z.infer<typeof settings>;

const issue = z.object({
  key: z.string().max(100),
  fields: z.object({ status: z.object({ name: z.string(), statusCategory: z.object({ key: z.string() }) }) }),
});
const found = z.object({ issues: z.array(issue), nextPageToken: z.string().nullish(), total: z.number().optional() });
const created = z.object({ key: z.string().max(100) });
const transitions = z.object({
  transitions: z.array(
    z.object({ id: z.string(), to: z.object({ name: z.string(), statusCategory: z.object({ key: z.string() }) }) }),
  ),
});

const hook = z.object({ issue: z.object({ key: z.string().max(100) }) });

/** Jira Cloud and Data Center over version 2 of the interface, whose texts are plain. */
export const jira = declareTracker<Settings>({
  id: 'jira',
  title: 'Jira',
  references: [
    'https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issues/',
    'https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issue-search/',
    'https://developer.atlassian.com/cloud/jira/platform/webhooks/',
  ],
  settings,
  secrets: ['token', 'webhookSecret'],
  destination: ['url', 'user'],
  hook: {
    isGenuine: signedBy('x-hub-signature'),
    keyOf(document) {
      const read = hook.safeParse(document);
      return read.success ? read.data.issue.key : undefined;
    },
  },
  async create({ label, title, facts }, given, call) {
    const fields = {
      ...Object.fromEntries(Object.entries(given.fields).map(([name, field]) => [name, fillField(field, facts)])),
      project: { key: given.project },
      issuetype: { name: given.issueType },
      summary: title.slice(0, 250),
      description: descriptionLines(facts).map(plain).join('\n'),
      labels: [COMMON_LABEL, label],
    };
    const { key } = created.parse(await send(call, given, 'POST', 'issue', { fields }));
    return { key, url: `${given.url}/browse/${key}`, status: '', state: 'open' };
  },
  async find(label, given, call) {
    const [first] = await search(`labels = "${label}"`, given, call);
    return first;
  },
  async get(key, given, call) {
    return ticketOf(
      issue.parse(await send(call, given, 'GET', `issue/${encodeURIComponent(key)}?fields=status`)),
      given,
    );
  },
  async comment(key, text, given, call) {
    await send(call, given, 'POST', `issue/${encodeURIComponent(key)}/comment`, { body: plain(text) });
  },
  async setState(key, state, given, call) {
    const path = `issue/${encodeURIComponent(key)}`;
    const { fields } = issue.parse(await send(call, given, 'GET', `${path}?fields=status`));
    if ((fields.status.statusCategory.key === 'done') === (state === 'closed')) return;
    const offered = transitions.parse(await send(call, given, 'GET', `${path}/transitions`)).transitions;
    const name = state === 'closed' ? given.closedStatus : given.openStatus;
    const fitting = offered.filter(({ to }) => (to.statusCategory.key === 'done') === (state === 'closed'));
    const chosen = fitting.find(({ to }) => to.name === name) ?? fitting[0];
    if (chosen === undefined) throw new Error(`the workflow of ${key} offers no way to make it ${state}`);
    await send(call, given, 'POST', `${path}/transitions`, { transition: { id: chosen.id } });
  },
  changedSince(since, now, given, call) {
    // Relative, as the times in a query are read in the time zone of the user.
    const minutes = Math.ceil((now.getTime() - since.getTime()) / 60_000) + 1;
    const query = `project = "${given.project}" AND labels = "${COMMON_LABEL}" AND updated >= "-${minutes}m" ORDER BY updated ASC`;
    return search(query, given, call);
  },
});

const PAGE = 100;
const MAX_PAGES = 20;

async function search(jql: string, given: Settings, call: TrackerCall): Promise<RemoteTicket[]> {
  const tickets: RemoteTicket[] = [];
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const place: Readonly<Record<string, string>> =
      given.user === undefined ? { startAt: String(page * PAGE) } : token === undefined ? {} : { nextPageToken: token };
    const search = new URLSearchParams({ jql, fields: 'status', maxResults: String(PAGE), ...place });
    const path = given.user === undefined ? 'search' : 'search/jql';
    const { issues, nextPageToken } = found.parse(await send(call, given, 'GET', `${path}?${search}`));
    tickets.push(...issues.map((one) => ticketOf(one, given)));
    token = nextPageToken ?? undefined;
    if (issues.length < PAGE || (given.user !== undefined && token === undefined)) break;
  }
  return tickets;
}

function ticketOf({ key, fields: { status } }: z.infer<typeof issue>, { url }: Settings): RemoteTicket {
  const { key: category } = status.statusCategory;
  const state = category === 'done' ? 'closed' : category === 'indeterminate' ? 'in-progress' : 'open';
  return { key, url: `${url}/browse/${key}`, status: status.name, state };
}

function send(call: TrackerCall, { url, user, token }: Settings, method: 'GET' | 'POST', path: string, body?: unknown) {
  const credentials =
    user === undefined ? `Bearer ${token}` : `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
  return call({
    method,
    url: `${url.replace(/\/+$/, '')}/rest/api/2/${path}`,
    headers: { authorization: credentials, accept: 'application/json' },
    ...(body !== undefined && { body }),
  });
}

/** The signs of Jira's markup: names of what was scanned must not become links, mentions or macros. */
function plain(text: string): string {
  return text.replaceAll(/[\\{}[\]!|*_~^]/g, (sign) => `\\${sign}`);
}

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
  type TrackerRequest,
} from '../../tracker.ts';

const state = z.string().regex(/^-?\d{1,4}$/, 'The number of a state, as 6.');

const settings = z.strictObject({
  /** `https://example.service-now.com` */
  url: webAddress,
  /** With a user its password, without one a bearer token. */
  user: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^:\p{Cc}]+$/u, 'Without a colon.')
    .optional(),
  token: headerSecret,
  table: z
    .string()
    .regex(/^[a-z][a-z0-9_]{1,79}$/, 'The name of a table, as incident.')
    .default('incident'),
  /** Further fields of new records, with `{severity}`, `{rule}`, `{asset}`, `{team}`, `{due}` filled in. */
  fields: z.record(z.string().max(100), z.unknown()).default({}),
  /** States that mean that it is done, that somebody works on it, and the one to go to when it is opened again. */
  closedStates: z.array(state).min(1).max(20).default(['6', '7', '8']),
  inProgressStates: z.array(state).max(20).default(['2']),
  openState: state.default('1'),
  /** What has to be given when one is closed, beside the first of the closed states. */
  closingFields: z
    .record(z.string().max(100), z.string().max(4000))
    .default({ close_code: 'Solution provided', close_notes: 'Complete scans prove that the finding is gone.' }),
  webhookSecret,
});

type Settings = z.infer<typeof settings>;

const record = z.object({
  sys_id: z.string().regex(/^[0-9a-f]{32}$/),
  number: z.string().max(100),
  state: z.string().max(20),
});
const one = z.object({ result: record });
const several = z.object({ result: z.array(record) });
const hook = z.object({ sys_id: z.string().regex(/^[0-9a-f]{32}$/) });

const FIELDS = 'sys_id,number,state';

/** Records of a table of ServiceNow, over its Table API. */
export const servicenow = declareTracker<Settings>({
  id: 'servicenow',
  title: 'ServiceNow',
  references: [
    'https://www.servicenow.com/docs/bundle/zurich-api-reference/page/integrate/inbound-rest/concept/c_TableAPI.html',
    'https://www.servicenow.com/docs/bundle/zurich-platform-user-interface/page/use/common-ui-elements/reference/r_OpAvailableFiltersQueries.html',
  ],
  settings,
  secrets: ['token', 'webhookSecret'],
  destination: ['url', 'user'],
  hook: {
    isGenuine: signedBy('x-plimsoll-signature'),
    keyOf(document) {
      const read = hook.safeParse(document);
      return read.success ? read.data.sys_id : undefined;
    },
  },
  async create({ label, title, facts }, given, call) {
    const content = {
      ...Object.fromEntries(Object.entries(given.fields).map(([name, field]) => [name, fillField(field, facts)])),
      short_description: title.slice(0, 160),
      description: descriptionLines(facts).join('\n'),
      correlation_id: label,
      correlation_display: COMMON_LABEL,
    };
    const { result } = one.parse(await send(call, given, 'POST', `?sysparm_fields=${FIELDS}`, content));
    return ticketOf(result, given);
  },
  async find(label, given, call) {
    const [first] = await search(`correlation_id=${label}`, given, call, 1);
    return first;
  },
  async get(key, given, call) {
    return ticketOf(await read(key, given, call), given);
  },
  async comment(key, text, given, call) {
    // The `[code]` of journals is the one way in which text becomes HTML there.
    const plain = text.replaceAll('[', '(').replaceAll(']', ')');
    await send(call, given, 'PATCH', `/${encodeURIComponent(key)}?sysparm_fields=sys_id`, { work_notes: plain });
  },
  async setState(key, wanted, given, call) {
    const { state: now } = await read(key, given, call);
    if (given.closedStates.includes(now) === (wanted === 'closed')) return;
    const change =
      wanted === 'closed' ? { ...given.closingFields, state: given.closedStates[0] } : { state: given.openState };
    await send(call, given, 'PATCH', `/${encodeURIComponent(key)}?sysparm_fields=sys_id`, change);
  },
  changedSince(since, now, given, call) {
    // Relative, as the times in a query are read in the time zone of the user.
    const minutes = Math.ceil((now.getTime() - since.getTime()) / 60_000) + 1;
    const query = `correlation_display=${COMMON_LABEL}^sys_updated_onRELATIVEGE@minute@ago@${minutes}^ORDERBYsys_updated_on`;
    return search(query, given, call, MAX_RECORDS);
  },
});

const PAGE = 100;
const MAX_RECORDS = 2000;

async function read(key: string, given: Settings, call: TrackerCall): Promise<z.infer<typeof record>> {
  return one.parse(await send(call, given, 'GET', `/${encodeURIComponent(key)}?sysparm_fields=${FIELDS}`)).result;
}

async function search(query: string, given: Settings, call: TrackerCall, most: number): Promise<RemoteTicket[]> {
  const tickets: RemoteTicket[] = [];
  const limit = Math.min(PAGE, most);
  for (let offset = 0; offset < most; offset += limit) {
    const asked = new URLSearchParams({
      sysparm_query: query,
      sysparm_fields: FIELDS,
      sysparm_limit: String(limit),
      sysparm_offset: String(offset),
    });
    const { result } = several.parse(await send(call, given, 'GET', `?${asked}`));
    tickets.push(...result.map((found) => ticketOf(found, given)));
    if (result.length < limit) break;
  }
  return tickets;
}

function ticketOf({ sys_id: key, state }: z.infer<typeof record>, given: Settings): RemoteTicket {
  const isClosed = given.closedStates.includes(state);
  return {
    key,
    url: `${given.url.replace(/\/+$/, '')}/${given.table}.do?sys_id=${key}`,
    status: state,
    state: isClosed ? 'closed' : given.inProgressStates.includes(state) ? 'in-progress' : 'open',
  };
}

function send(
  call: TrackerCall,
  { url, user, token, table }: Settings,
  method: TrackerRequest['method'],
  path: string,
  body?: unknown,
) {
  const credentials =
    user === undefined ? `Bearer ${token}` : `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
  return call({
    method,
    url: `${url.replace(/\/+$/, '')}/api/now/table/${table}${path}`,
    headers: { authorization: credentials, accept: 'application/json' },
    ...(body !== undefined && { body }),
  });
}

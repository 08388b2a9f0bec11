import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import type { Outgoing } from '../channel.ts';
import type { Message, MessageEvent } from '../message.ts';
import { channels } from './index.ts';

const at = new Date('2026-11-24T10:00:00.500Z');
/** Names of what was scanned that would act in a channel: mentions, links, markup, headers, fields, other lines. */
const hostile = '<!channel> [x](https://evil.example) cs9=1|2\r\nBcc: a@evil.example\n\u202e{panel} @everyone &lt;';

const event = (change: Partial<MessageEvent> = {}): MessageEvent => ({
  id: '0b6f0000-0000-4000-8000-000000000001',
  kind: 'finding.opened',
  at,
  subject: { kind: 'finding', id: 'f1' },
  title: hostile,
  severity: 'critical',
  finding: { kind: 'vulnerability', rule: 'CVE-2026-1', asset: 'registry.example/shop/app' },
  team: 'shop',
  details: {},
  ...change,
});
const message = (...events: MessageEvent[]): Message => ({
  id: '0b6f0000-0000-4000-8000-00000000000d',
  thread: 'finding f1',
  events,
  total: events.length,
});

/** Settings that every channel has to take, with its secrets. */
const settings = new Map<string, object>([
  ['webhook', { url: 'https://hook.example/secret-path', secret: 'secret-key' }],
  ['slack', { token: 'secret-token', channel: 'C1' }],
  ['teams', { url: 'https://teams.example/secret-path' }],
  [
    'email',
    {
      host: 'mail.example',
      user: 'bot',
      password: 'secret-password',
      from: 'bot@shop.example',
      to: ['a@shop.example'],
    },
  ],
  ['pagerduty', { routingKey: 'secret-key' }],
  ['opsgenie', { apiKey: 'secret-key' }],
  ['syslog', { host: 'log.example' }],
  ['splunk-hec', { url: 'https://splunk.example:8088', token: 'secret-token' }],
  ['ocsf', { url: 'https://lake.example/secret-path', token: 'secret-token' }],
]);

function compose(id: string, given: Message, more: object = {}, thread?: string): readonly Outgoing[] {
  const channel = channels.get(id);
  assert.ok(channel);
  return channel.compose(given, { ...settings.get(id), ...more }, { now: at, thread });
}

/** The only one, as JSON. */
function posted(outgoing: readonly Outgoing[]) {
  const [first] = outgoing;
  assert.ok(first?.protocol === 'http' && outgoing.length === 1);
  return { url: first.url, headers: first.headers, body: JSON.parse(first.body) };
}

test('every channel keeps to the contract', () => {
  assert.deepEqual([...channels.keys()].sort(), [...settings.keys()].sort());
  for (const [id, channel] of channels) {
    assert.match(id, /^[a-z][a-z-]+$/);
    assert.ok(existsSync(new URL(`${id}/index.ts`, import.meta.url)), `${id}: its folder is its id`);
    assert.ok(channel.title !== '' && channel.references.every((link) => link.startsWith('https://')), id);
    assert.ok(channel.settings.safeParse(settings.get(id)).success, id);
    for (const wrong of [{}, null, 'text', { ...settings.get(id), unknown: 1 }])
      assert.equal(channel.settings.safeParse(wrong).success, false, `${id} takes ${JSON.stringify(wrong)}`);
    const again = [compose(id, message(event())), compose(id, message(event()))];
    assert.deepEqual(again[0], again[1], `${id} is pure`);
    assert.ok(again[0]?.length === 1, id);
  }
});

test('what was scanned can write no header, line or field of its own', () => {
  for (const id of channels.keys())
    for (const outgoing of compose(id, message(event(), event({ title: hostile })))) {
      if (outgoing.protocol === 'http')
        for (const value of Object.values(outgoing.headers)) assert.match(value, /^[\x20-\x7e]*$/, id);
      if (outgoing.protocol === 'smtp') assert.doesNotMatch(outgoing.mail.subject, /[\r\n\u202e]/);
      if (outgoing.protocol === 'syslog')
        for (const line of outgoing.messages) assert.doesNotMatch(line, /[\r\n\u202e]/);
    }
  const slack = posted(compose('slack', message(event())));
  assert.doesNotMatch(slack.body.text, /<!channel>/);
  assert.equal(slack.body.blocks[0].text.type, 'plain_text');
  assert.doesNotMatch(JSON.stringify(posted(compose('teams', message(event()))).body), /[^\\]\[x\]/);
  const [cef] = compose('syslog', message(event({ title: 'a|b' })), { format: 'cef' });
  assert.ok(cef?.protocol === 'syslog');
  assert.match(cef.messages[0] ?? '', /CEF:0\|Plimsoll\|Plimsoll\|[^|]+\|finding\.opened\|a\\\|b\|10\|externalId=/);
});

test('alerts are raised and resolved under the same key', () => {
  const raised = posted(compose('pagerduty', message(event())));
  const resolved = posted(compose('pagerduty', message(event({ kind: 'finding.fixed' }))));
  assert.deepEqual(
    [raised.body.event_action, raised.body.payload.severity, resolved.body.event_action],
    ['trigger', 'critical', 'resolve'],
  );
  assert.equal(raised.body.dedup_key, resolved.body.dedup_key);
  assert.deepEqual(compose('pagerduty', message(event({ kind: 'finding.commented' }))), []);
  const opened = posted(compose('opsgenie', message(event())));
  const closed = posted(compose('opsgenie', message(event({ kind: 'finding.fixed' }))));
  assert.deepEqual([opened.body.priority, opened.headers['authorization']], ['P1', 'GenieKey secret-key']);
  assert.ok(opened.body.message.length <= 130);
  assert.equal(
    closed.url,
    `https://api.opsgenie.com/v2/alerts/${encodeURIComponent(opened.body.alias)}/close?identifierType=alias`,
  );
});

test('Slack says in a 200 what went wrong, and answers with the thread', () => {
  const read = channels.get('slack')?.readAnswer;
  assert.ok(read);
  assert.deepEqual(read('{"ok":true,"ts":"1700.1","channel":"C1"}'), { kind: 'delivered', thread: '1700.1' });
  assert.deepEqual(read('ok'), { kind: 'delivered' });
  assert.equal(read('{"ok":false,"error":"ratelimited"}').kind, 'failed');
  assert.equal(read('{"ok":false,"error":"channel_not_found"}').kind, 'rejected');
  assert.equal(read('<html>').kind, 'failed');
  const answered = posted(compose('slack', message(event()), {}, '1700.1'));
  assert.equal(answered.body.thread_ts, '1700.1');
});

test('findings are of the class of OCSF that is theirs', () => {
  const of = (change: Partial<MessageEvent>) => posted(compose('ocsf', message(event(change)))).body[0];
  const finding = { kind: 'check', rule: 'plm-1', asset: 'a' };
  const table = [
    [{}, 2002, 200201, 1],
    [{ kind: 'finding.fixed' }, 2002, 200203, 4],
    [{ finding }, 2003, 200301, 1],
    [{ finding: { ...finding, kind: 'secret' }, kind: 'finding.reopened' }, 2004, 200402, 1],
  ] as const;
  for (const [change, classId, type, status] of table) {
    const { class_uid, type_uid, status_id, metadata, severity_id, time } = of(change);
    assert.deepEqual([class_uid, type_uid, status_id, severity_id, time], [classId, type, status, 5, at.getTime()]);
    assert.equal(metadata.version, '1.3.0');
  }
  assert.deepEqual(of({}).vulnerabilities[0].cve, { uid: 'CVE-2026-1' });
  const { finding: _, ...exception } = event({ kind: 'exception.requested' });
  assert.deepEqual(compose('ocsf', message(exception)), []);
});

test('events in a group are sent as such', () => {
  const group = { ...message(event(), event({ kind: 'finding.fixed' })), total: 150 };
  const [splunk] = compose('splunk-hec', group);
  assert.ok(splunk?.protocol === 'http');
  assert.equal(splunk.body.split('\n').length, 2);
  const [mail] = compose('email', group, {}, '<first@shop.example>');
  assert.ok(mail?.protocol === 'smtp');
  assert.match(mail.mail.subject, /^150 events: 1 finding opened, 1 finding fixed and more$/);
  assert.match(mail.mail.text, /and 148 more/);
  assert.equal(mail.mail.inReplyTo, '<first@shop.example>');
  const [log] = compose('syslog', group);
  assert.ok(log?.protocol === 'syslog');
  assert.match(log.messages[0] ?? '', /^<130>1 2026-11-24T10:00:00\.500Z - plimsoll - finding\.opened - /);
});

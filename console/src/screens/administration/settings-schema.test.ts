import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settingsForms, settingsOf } from './settings-schema.ts';

const mail = {
  type: 'object',
  properties: {
    host: { type: 'string' },
    port: { type: 'integer', default: 587 },
    security: { type: 'string', enum: ['tls', 'none'], default: 'tls' },
    to: { type: 'array', items: { type: 'string' } },
    fields: { type: 'object' },
  },
  required: ['host', 'to'],
};

test('fields are read from the schema of a kind, with what they start with', () => {
  const [fields = []] = settingsForms(mail);
  assert.deepEqual(
    fields.map(({ name, type, isRequired, preset }) => [name, type, isRequired, preset]),
    [
      ['host', 'text', true, ''],
      ['port', 'number', false, '587'],
      ['security', 'choice', false, 'tls'],
      ['to', 'list', true, ''],
    ],
  );
});

test('a kind that is set up in several ways has a form for each', () => {
  const forms = settingsForms({ anyOf: [{ properties: { webhookUrl: { type: 'string' } } }, mail] });
  assert.deepEqual(
    forms.map((fields) => fields[0]?.label),
    ['Webhook URL', 'Host'],
  );
  assert.deepEqual(settingsForms(undefined), [[]]);
});

test('what was filled in becomes what the server wants, and what is empty is left out', () => {
  const [fields = []] = settingsForms(mail);
  const filled = new Map([
    ['host', ' mail.example '],
    ['to', 'a@example.org, b@example.org'],
  ]);
  assert.deepEqual(settingsOf(fields, filled), {
    host: 'mail.example',
    port: 587,
    security: 'tls',
    to: ['a@example.org', 'b@example.org'],
  });
});

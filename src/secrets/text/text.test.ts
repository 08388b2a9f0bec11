import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assignmentAt } from './assignment.ts';
import { entropyOf } from './entropy.ts';
import { isPlaceholder } from './placeholder.ts';
import { looksChosen, looksRandom } from './value.ts';
import { TextWindow } from './window.ts';
import { isWordy } from './wording.ts';

describe('assignments', () => {
  const rows: readonly (readonly [text: string, name: string, value: string])[] = [
    ['DB_PASSWORD=a1', 'DB_PASSWORD', 'a1'],
    ['export DB_PASSWORD="a b"', 'DB_PASSWORD', 'a b'],
    ["db.password : 'a1'", 'db.password', 'a1'],
    ['"password": "a\\"b"', 'password', 'a\\"b'],
    ['{\\"password\\": \\"a1\\"}', 'password', 'a1'],
    ['$config["password"] = "a1";', 'password', 'a1'],
    ["define( 'DB_PASSWORD', 'a1' );", 'DB_PASSWORD', 'a1'],
    [':password => "a1"', 'password', 'a1'],
    ['password := `a1`', 'password', 'a1'],
    ['<password> a1 </password>', 'password', 'a1'],
    ['tool --password a1 --quiet', '--password', 'a1'],
    ['tool --password=a1', '--password', 'a1'],
    ['ENV DB_PASSWORD a1', 'DB_PASSWORD', 'a1'],
    ['password: str = "a1"', 'password', 'a1'],
    ['password = b"a1"', 'password', 'a1'],
    ['?password=a1&next=b', 'password', 'a1'],
  ];
  for (const [text, name, value] of rows) {
    test(text, () => {
      const at = text.toLowerCase().indexOf('password');
      const found = assignmentAt(text, at, at + 'password'.length);
      assert.deepEqual([found?.name, found?.value], [name, value]);
      const start = found?.at ?? 0;
      assert.equal(text.slice(start, start + value.length), value);
    });
  }

  const none = [
    'password == "a1"',
    'password =~ /a/',
    'password: get_password()',
    'std::password::new',
    'password = ""',
    'password',
    'the password is a1',
    '"password", "scram-sha-256"',
    'password = "a\nb"',
    'if (password) {',
  ];
  for (const text of none) {
    test(`none in ${JSON.stringify(text)}`, () => {
      const at = text.indexOf('password');
      assert.equal(assignmentAt(text, at, at + 'password'.length), undefined);
    });
  }
});

test('values that programs make', () => {
  for (const value of ['q8Zr1LxV0pT6mWcY', 'f3a9c1d27be84056aa10f3a9c1d27be8', 'mK9/xQ2+vB7nR4tY8wE1sD5f'])
    assert.ok(looksRandom(value), value);
  for (const value of [
    'correct-horse-battery-staple-2024',
    'get_token_from_environment1',
    '2024-01-01T00:00:00.000Z',
    '00000000-0000-4000-8000-000000000000',
    'com.example.Application1',
    '/usr/lib/python3.11/site',
    'aaaaaaaaaaaaaaaaaaaa1',
    'your-api-key-1234567890',
    'short1',
    'application/vnd.api+json2',
  ])
    assert.ok(!looksRandom(value), value);
});

test('values that people choose', () => {
  for (const value of ['Tr0ub4dor&3', 'summer2024!', 'xK9pQ2vL', '84629173', 'p@ss-4-prod'])
    assert.ok(looksChosen(value), value);
  for (const value of [
    'changeme',
    'password123',
    '$PASSWORD',
    `\${DB_PASSWORD}`,
    '<password>',
    'get_password()',
    'config.password',
    'true',
    'None',
    '********',
    'scram-sha-256',
    '/run/secrets/db',
    'abc',
    'settings:database:password',
  ])
    assert.ok(!looksChosen(value), value);
});

test('placeholders', () => {
  for (const text of [
    'xxxxxxxxxxxx',
    '0123456789abcdef',
    'ghp_example',
    '{{ token }}',
    '<token>',
    'abababababab',
    'YOUR-KEY',
    '%TOKEN%',
  ])
    assert.ok(isPlaceholder(text), text);
  for (const text of ['q8Zr1LxV0pT6mWcY', 'hunter2', 'AAAAB3NzaC1yc2E9Qx7']) assert.ok(!isPlaceholder(text), text);
});

test('words and what is drawn by lot', () => {
  for (const text of ['authentication_token', 'CamelCaseIdentifier', 'the quick brown fox'])
    assert.ok(isWordy(text), text);
  for (const text of ['xqzjkvbwpfgh', 'Zr1LxV0pT6mWcYqK', '12345678']) assert.ok(!isWordy(text), text);
});

test('entropy', () => {
  assert.equal(entropyOf('aaaa'), 0);
  assert.equal(entropyOf('abcd'), 2);
  assert.equal(entropyOf(''), 0);
});

test('a window shows the bytes around an offset one to one', () => {
  const bytes = Buffer.alloc(100_000, 'é');
  const window = new TextWindow(bytes);
  for (const offset of [0, 50_000, 40_000, 99_999]) {
    window.show(offset, 10, 20);
    const from = Math.max(0, offset - 10);
    const to = Math.min(bytes.length, offset + 20);
    assert.equal(window.text.slice(from - window.start, to - window.start), bytes.toString('latin1', from, to));
  }
});

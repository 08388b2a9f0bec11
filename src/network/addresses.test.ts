import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contains, describeRange, parseAddress, parseBlock, partition } from './addresses.ts';

describe('blocks of addresses', () => {
  const table: readonly [text: string, range: string | undefined][] = [
    ['10.0.0.0/8', '10.0.0.0-10.255.255.255'],
    ['10.1.2.3/8', '10.0.0.0-10.255.255.255'],
    ['0.0.0.0/0', '0.0.0.0-255.255.255.255'],
    ['192.0.2.1/32', '192.0.2.1'],
    ['2001:db8::/32', '2001:db8:0:0:0:0:0:0-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['::ffff:192.0.2.1/128', '0:0:0:0:0:ffff:c000:201'],
    ['::/0', '0:0:0:0:0:0:0:0-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['10.0.0.0/33', undefined],
    ['10.0.0.0', undefined],
    ['10.0.0/8', undefined],
    ['10.0.0.0/8/8', undefined],
    ['fe80::1%eth0/64', undefined],
    ['example.com/8', undefined],
    ['', undefined],
  ];
  for (const [text, expected] of table)
    test(text, () => {
      const block = parseBlock(text);
      assert.equal(block && describeRange(block), expected);
    });

  test('are parted at their ends', () => {
    const blocks = ['10.0.0.0/8', '10.1.0.0/16'].flatMap((text) => parseBlock(text) ?? []);
    const parts = partition(blocks).filter(({ family }) => family === 4);
    assert.deepEqual(parts.map(describeRange), [
      '0.0.0.0-9.255.255.255',
      '10.0.0.0-10.0.255.255',
      '10.1.0.0-10.1.255.255',
      '10.2.0.0-10.255.255.255',
      '11.0.0.0-255.255.255.255',
    ]);
  });

  test('hold addresses of their family', () => {
    const address = parseAddress('10.1.2.3');
    const block = parseBlock('10.0.0.0/8');
    assert.ok(address && block);
    const range = { family: address.family, first: address.value, last: address.value };
    assert.equal(contains(block, range), true);
    assert.equal(contains(block, { ...range, family: 6 }), false);
  });
});

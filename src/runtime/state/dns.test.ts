import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NamesByAddress, parseDns } from './dns.ts';

const question = Buffer.concat([
  Buffer.from('04706f6f6c076578616d706c6503636f6d00', 'hex'),
  Buffer.from('00010001', 'hex'),
]);
const header = (flags: string, answers: string) => Buffer.from(`1234${flags}0001${answers}00000000`, 'hex');
const query = Buffer.concat([header('0100', '0000'), question]);
const answer = Buffer.concat([
  header('8180', '0002'),
  question,
  Buffer.from('c00c0001000100000e1000040a010203', 'hex'),
  Buffer.from('c00c001c000100000e10001020010db8000000000000000000000001', 'hex'),
]);

describe('DNS messages', () => {
  it('a question is read', () => {
    assert.deepEqual(parseDns(query), { response: false, name: 'pool.example.com', type: 'A', code: 0, addresses: [] });
  });

  it('an answer is read with its addresses, names by pointer', () => {
    assert.deepEqual(parseDns(answer)?.addresses, ['10.1.2.3', '2001:db8::1']);
  });

  it('over TCP a length comes first', () => {
    assert.equal(parseDns(Buffer.concat([Buffer.from([0, query.length]), query]), true)?.name, 'pool.example.com');
  });

  it('a name that points at itself ends', () => {
    assert.equal(parseDns(Buffer.concat([header('0100', '0000'), Buffer.from('c00c00010001', 'hex')])), undefined);
  });

  it('every cut message is read or refused, and never throws', () => {
    for (let length = 0; length < answer.length; length++) {
      const message = parseDns(answer.subarray(0, length));
      if (message) assert.equal(message.name, 'pool.example.com');
    }
  });

  it('names of an address are kept, the newest first, and the number of addresses is bounded', () => {
    const names = new NamesByAddress();
    const add = (name: string, address: string) =>
      names.add({ response: true, name, type: 'A', code: 0, addresses: [address] });
    add('old.example', '10.0.0.1');
    add('new.example', '10.0.0.1');
    assert.deepEqual(names.of('10.0.0.1'), ['new.example', 'old.example']);
    for (let i = 0; i < 9000; i++) add('many.example', `10.1.${i >> 8}.${i & 255}`);
    assert.deepEqual(names.of('10.0.0.1'), []);
    assert.equal(names.evicted, 9001 - 8192);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Ports } from './ports.ts';

const web = Ports.of('TCP', 80, 90);

describe('ports', () => {
  const table: readonly [what: string, ports: Ports, text: string][] = [
    ['none', Ports.none, 'no port'],
    ['all', Ports.all, 'every port'],
    ['one', Ports.of('TCP', 80, 80), 'TCP 80'],
    ['the wrong way round', Ports.of('TCP', 90, 80), 'no port'],
    ['neighbours', web.or(Ports.of('TCP', 91, 95)), 'TCP 80-95'],
    ['apart', web.or(Ports.of('TCP', 92, 95)), 'TCP 80-90,92-95'],
    ['two protocols', web.or(Ports.of('UDP', 53, 53)), 'TCP 80-90, UDP 53'],
    ['both', web.and(Ports.of('TCP', 85)), 'TCP 85-90'],
    ['both, of other protocols', web.and(Ports.of('UDP')), 'no port'],
    ['without the middle', web.without(Ports.of('TCP', 85, 86)), 'TCP 80-84,87-90'],
    ['without more', web.without(Ports.all), 'no port'],
    ['all but some, and these', Ports.all.without(web).or(web), 'every port'],
  ];
  for (const [what, ports, text] of table) test(what, () => assert.equal(ports.toString(), text));
  test('know their own', () => {
    assert.deepEqual([web.has('TCP', 80), web.has('TCP', 91), web.has('UDP', 80)], [true, false, false]);
    assert.ok(web.equals(Ports.of('TCP', 80, 85).or(Ports.of('TCP', 86, 90))));
  });
});

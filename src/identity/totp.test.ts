import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base32, hotp, newTotpSecret, totpStep, totpUri } from './totp.ts';

const secret = Buffer.from('12345678901234567890');

test('codes of the vectors of RFC 4226, appendix D', () => {
  const codes = '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' ');
  for (const [counter, code] of codes.entries()) assert.equal(hotp(secret, counter), code);
});

test('codes of the vectors of RFC 6238, appendix B', () => {
  const seeds = { sha1: 20, sha256: 32, sha512: 64 };
  const vectors = `
    59 94287082 sha1 | 59 46119246 sha256 | 59 90693936 sha512
    1111111109 07081804 sha1 | 1111111109 68084774 sha256 | 1111111109 25091201 sha512
    1111111111 14050471 sha1 | 1111111111 67062674 sha256 | 1111111111 99943326 sha512
    1234567890 89005924 sha1 | 1234567890 91819424 sha256 | 1234567890 93441116 sha512
    2000000000 69279037 sha1 | 2000000000 90698825 sha256 | 2000000000 38618901 sha512
    20000000000 65353130 sha1 | 20000000000 77737706 sha256 | 20000000000 47863826 sha512`;
  const rows = vectors.split(/[|\n]/).filter((row) => row.trim() !== '');
  assert.equal(rows.length, 18);
  for (const row of rows) {
    const [time, code, algorithm] = row.trim().split(' ');
    const length = algorithm === 'sha1' ? seeds.sha1 : algorithm === 'sha256' ? seeds.sha256 : seeds.sha512;
    const seed = Buffer.from('1234567890'.repeat(7)).subarray(0, length);
    assert.equal(hotp(seed, Math.floor(Number(time) / 30), 8, algorithm), code, row);
  }
});

test('a code is good for its step and those beside it', () => {
  const at = new Date('2026-11-24T10:00:10Z');
  const step = Math.floor(at.getTime() / 30_000);
  const cases: [offset: number, good: boolean][] = [
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ];
  for (const [offset, good] of cases)
    assert.equal(totpStep(secret, hotp(secret, step + offset), at), good ? step + offset : undefined);
  for (const code of ['', '12345', '1234567', 'abcdef', '１２３４５６'])
    assert.equal(totpStep(secret, code, at), undefined);
});

test('base 32 as in RFC 4648, section 10, and an address that apps read', () => {
  const vectors = {
    '': '',
    f: 'MY',
    fo: 'MZXQ',
    foo: 'MZXW6',
    foob: 'MZXW6YQ',
    fooba: 'MZXW6YTB',
    foobar: 'MZXW6YTBOI',
  };
  for (const [text, encoded] of Object.entries(vectors)) assert.equal(base32(Buffer.from(text)), encoded);
  assert.match(
    totpUri(newTotpSecret(), 'a b'),
    /^otpauth:\/\/totp\/Plimsoll:a%20b\?secret=[A-Z2-7]{32}&issuer=Plimsoll$/,
  );
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { fullReport } from '../../../test/kit/full-report.ts';
import { cleanReport, hostileReport, largeReport, sampleReport } from '../../../test/kit/report.ts';
import { sampleVerdict } from '../../../test/kit/verdict.ts';
import { junit } from './index.ts';

const plain = { color: false, width: 80, verbose: false };
const xml = (report = sampleReport()) => [...junit.render(report, plain)].join('');

/** What the published schema allows: elements, and attributes of each; those in capitals must be there. */
const allowed = new Map([
  ['testsuites', 'name time tests failures errors'],
  ['testsuite', 'NAME TESTS FAILURES ERRORS group time skipped timestamp hostname id package file log url'],
  ['testcase', 'NAME time classname group'],
  ['failure', 'type message'],
  ['error', 'type message'],
  ['skipped', 'type message'],
]);

const inputs = {
  small: sampleReport(),
  clean: cleanReport(),
  full: fullReport(),
  hostile: hostileReport(),
  large: largeReport(1_000),
  nothing: cleanReport({ scanners: [] }),
  verdict: cleanReport({ verdict: sampleVerdict() }),
};

describe('the document', () => {
  for (const [name, report] of Object.entries(inputs)) {
    test(`${name}: has the elements and attributes that readers know`, () => {
      for (const [, element = '', rest = ''] of xml(report).matchAll(/<([a-z]+)((?: [a-z]+="[^"<]*")*)\/?>/g)) {
        const attributes = [...rest.matchAll(/ ([a-z]+)="[^"]*"/g)].map(([, attribute]) => attribute);
        const known = allowed.get(element)?.split(' ');
        assert.ok(known, element);
        for (const attribute of attributes)
          assert.ok(
            known.some((one) => one.toLowerCase() === attribute),
            attribute,
          );
        for (const one of known)
          if (/[A-Z]/.test(one)) assert.ok(attributes.includes(one.toLowerCase()), `${element} has ${one}`);
      }
    });

    test(`${name}: sums are right`, () => {
      const text = xml(report);
      const [, tests, failures, errors] =
        /<testsuites name="plimsoll" time="[\d.]+" tests="(\d+)" failures="(\d+)" errors="(\d+)">/.exec(text) ?? [];
      const count = (part: string) => String(text.split(part).length - 1);
      assert.deepEqual([tests, failures, errors], [count('<testcase '), count('<failure '), count('<error ')]);
      const suites = [...text.matchAll(/<testsuite [^>]*tests="(\d+)"/g)].reduce(
        (sum, [, one]) => sum + Number(one),
        0,
      );
      assert.equal(String(suites), tests);
      assert.notEqual(tests, '0', 'a document without tests is an error to many readers');
    });

    const hasProgram = spawnSync('xmllint', ['--version']).status === 0;
    test(`${name}: is well-formed`, { skip: hasProgram ? false : 'xmllint is not installed' }, () => {
      const done = spawnSync('xmllint', ['--nonet', '--noout', '-'], { input: xml(report) });
      assert.equal(done.stderr.toString(), '');
    });
  }
});

describe('tests', () => {
  const text = xml(fullReport());

  test('a finding fails, a decision skips it', () => {
    assert.match(
      text,
      /<testcase name="CVE-2021-44906 in minimist 1.2.5" [^>]*>\s*<failure type="critical" message="critical: /,
    );
    assert.match(
      text,
      /<testcase name="kubernetes-run-as-non-root: [^>]*>\s*<skipped type="medium" message="accepted by an exception, until 2027-03-01: /,
    );
  });

  test('what could not be assessed is an error, and a note is none', () => {
    assert.match(text, /<error type="dpkg-stanza-unreadable"/);
    assert.match(text, /<skipped type="layer-media-type-unusual"/);
    assert.doesNotMatch(text, /the answer is complete/);
    assert.match(xml(cleanReport()), /<testcase name="the answer is complete"/);
  });

  test('nothing found passes only where all was looked at', () => {
    const scanners = ['vulnerability', 'secret'] as const;
    assert.equal(xml(cleanReport({ scanners })).match(/<testcase name="no \w+ found" [^>]*\/>/g)?.length, 2);
    const part = xml(cleanReport({ scanners, assessment: 'incomplete' }));
    assert.equal(part.match(/<testcase name="no \w+ found" [^>]*>\s*<skipped type="incomplete"/g)?.length, 2);
  });

  test('each check that found nothing passes', () => {
    const tally = { passed: 2, failed: 0, notApplicable: 1 };
    const byCheck = {
      'compose-privileged': tally,
      'compose-links': { ...tally, failed: 1 },
      'compose-device': { ...tally, passed: 0 },
    };
    const checks = { documents: 3, evaluated: 5, failed: 1, notAssessed: [], byCheck };
    const report = cleanReport({ scanners: ['misconfiguration'], checks });
    const names = [...xml(report).matchAll(/<testcase name="([^"]+)"/g)].map(([, name]) => name);
    assert.deepEqual(names, ['compose-privileged (2 documents)', 'the answer is complete']);
  });

  test('several places of one check in one file are one test', () => {
    const report = fullReport();
    const [one] = report.findings.filter(({ id }) => id === 'compose-privileged');
    assert.ok(one);
    const twice = xml({ ...report, findings: [one, one] });
    assert.equal(twice.match(/<testcase name="compose-privileged/g)?.length, 1);
    assert.match(twice, /\(and in 1 more place\)/);
  });
});

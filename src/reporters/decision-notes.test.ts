import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cleanReport } from '../../test/kit/report.ts';
import { sampleVerdict } from '../../test/kit/verdict.ts';
import { decisionNotes, openDecisionNotes } from './decision-notes.ts';
import { type Reporter, reporters } from './index.ts';

const report = cleanReport({
  artifact: { kind: 'tree', scheme: 'directory', name: './shop', tags: [], layers: [] },
  verdict: sampleVerdict(),
});
const rendered = (id: Reporter['id']) => {
  const reporter = reporters.find((one) => one.id === id);
  assert.ok(reporter);
  return [...reporter.render(report, { color: false, width: 100, verbose: false })].join('');
};

describe('what policies decided', () => {
  test('has a place, a reason and what would change it', () => {
    const [denied, warned, excepted] = decisionNotes(report);
    assert.deepEqual([denied?.file, denied?.line, denied?.column], ['shop/deploy/web.yaml', 12, 9]);
    assert.equal(
      denied?.message,
      'apps/v1/Deployment shop/web is denied by the policy no-privileged: the container web is privileged. Because object.spec.privileged == true (it is true). It would pass if object.spec.privileged is false. Remove privileged.',
    );
    assert.deepEqual([warned?.file, warned?.path], [undefined, 'registry.example.com/shop:1']);
    assert.match(excepted?.exception ?? '', /moved in March/);
    assert.deepEqual(
      openDecisionNotes(report).map(({ outcome }) => outcome),
      ['denied', 'warned'],
    );
  });

  test('GitHub shows beside the line', () => {
    assert.match(
      rendered('github'),
      /^::error file=shop\/deploy\/web.yaml,line=12,col=9,title=Nothing runs privileged::apps\/v1/m,
    );
    assert.match(rendered('github'), /^::warning title=Nothing runs privileged::image is warned of/m);
  });

  test('what was not decided is said', () => {
    assert.match(rendered('github'), /^- Not decided: The attestation/m);
    const { toolExecutionNotifications } = JSON.parse(rendered('sarif')).runs[0].invocations[0];
    assert.match(JSON.stringify(toolExecutionNotifications), /policy-not-decided.*The attestation/);
  });

  test('GitLab blocks', () => {
    const issues = JSON.parse(rendered('gitlab'));
    assert.deepEqual(
      issues.map((one: { severity: string; location: unknown }) => [one.severity, one.location]),
      [
        ['blocker', { path: 'shop/deploy/web.yaml', lines: { begin: 12 } }],
        ['major', { path: 'registry.example.com/shop:1', lines: { begin: 1 } }],
      ],
    );
  });

  test('JUnit fails, skips what is excepted, and passes what is met', () => {
    const suite = /<testsuite name="policy"(?:.|\n)*?<\/testsuite>/.exec(rendered('junit'))?.[0] ?? '';
    assert.match(suite, /tests="5" failures="1" errors="1" skipped="2"/);
    assert.match(suite, /<testcase name="pinned-images \(2 objects\)" classname="policy" time="0"\/>/);
  });

  test('SARIF has a rule for the policy, and suppresses what is excepted', () => {
    const [run] = JSON.parse(rendered('sarif')).runs;
    const rule = run.tool.driver.rules.findIndex(({ id }: { id: string }) => id === 'policy/no-privileged');
    assert.deepEqual(
      run.results.map((one: { ruleIndex: number; level: string; suppressions?: unknown[] }) => [
        one.ruleIndex === rule,
        one.level,
        one.suppressions?.length ?? 0,
      ]),
      [
        [true, 'error', 0],
        [true, 'warning', 0],
        [true, 'error', 1],
      ],
    );
  });

  test('Markdown has a table and what was not decided', () => {
    assert.match(rendered('markdown'), /^### Policies: denied$/m);
    assert.match(rendered('markdown'), /^\| denied \| no-privileged \| shop\/deploy\/web.yaml:12 \| /m);
    assert.match(rendered('markdown'), /^- not decided: The attestation/m);
  });
});

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { checks } from '#checks/index.ts';
import { assessCompliance, type ComplianceReport } from '#compliance/index.ts';
import type { SavedReport } from '#scan/index.ts';
import { type Control, controls, type Evidence, type Framework, frameworks, type Proof } from '#standards/index.ts';
import { licenceReports, type ProofReports, reportOf, vulnerabilityReports } from '../kit/proofs.ts';

const now = '2026-11-24T12:00:00.000Z';
const checkIds = (control: Control) => control.evidence.flatMap((one) => (one.by === 'checks' ? one.checks : []));
const isAutomated = ({ evidence }: Control) => evidence.some(({ by }) => by === 'checks' || by === 'findings');
const automated = controls.filter(isAutomated);

describe('checks and controls', () => {
  test('controls name checks that exist, and every check belongs to a control', () => {
    const known = new Set(checks.map(({ id }) => id));
    const named = new Set(controls.flatMap(checkIds));
    assert.deepEqual(
      [...named].filter((id) => !known.has(id)),
      [],
    );
    assert.deepEqual(
      [...known].filter((id) => !named.has(id)),
      [],
    );
  });

  test('what a check says it is part of is among the anchors of its controls', () => {
    const strays = checks.flatMap((check) => {
      const owners = controls.filter((control) => checkIds(control).includes(check.id));
      const anchors = new Set(owners.flatMap((owner) => [owner.id, ...owner.anchors]));
      return check.controls.filter((id) => !anchors.has(id)).map((id) => `${check.id}: ${id}`);
    });
    assert.deepEqual(strays, []);
  });

  test('controls have proofs for every kind of document that their checks are about', () => {
    const subjectOf = new Map(checks.map(({ id, subject }) => [id, subject]));
    const unproved = automated.flatMap((control) => {
      const proved = new Set<string>(control.proofs.map(({ subject }) => subject));
      const wanted = new Set(checkIds(control).flatMap((id) => subjectOf.get(id) ?? []));
      return [...wanted].filter((subject) => !proved.has(subject)).map((subject) => `${control.id}: ${subject}`);
    });
    assert.deepEqual(unproved, []);
  });
});

const pairs = new Map<string, readonly ProofReports[]>();

describe('every row of the crosswalk that a scan judges', () => {
  before(async () => {
    for (const control of automated) pairs.set(control.id, await pairsOf(control));
  });

  for (const control of automated)
    test(`${control.id} turns red and stays green with its proofs`, () => {
      const proofs = pairs.get(control.id) ?? [];
      assert.ok(proofs.length > 0, 'it has proofs');
      for (const { violates, satisfies } of proofs) {
        assertRed(control, assessed(clausesWith(control), violates));
        assertGreen(control, assessed(clausesWith(control, 'alone'), satisfies));
      }
    });

  test('each check of a control is turned red by one of its proofs', () => {
    const silent = automated.flatMap((control) => {
      const found = new Set(
        (pairs.get(control.id) ?? []).flatMap(({ violates }) => violates.findings.map(({ id }) => id)),
      );
      return checkIds(control)
        .filter((id) => !found.has(id))
        .map((id) => `${control.id}: ${id}`);
    });
    assert.deepEqual(silent, []);
  });

  test('and how many rows there are', (t) => {
    for (const framework of frameworks) t.diagnostic(countsOf(framework));
    t.diagnostic(`${controls.length} controls, ${automated.length} judged by scans, ${checks.length} checks`);
  });
});

async function pairsOf({ evidence, proofs }: Control): Promise<ProofReports[]> {
  const documents = await Promise.all(proofs.map(pairOf));
  const inMemory = evidence.flatMap((part) => (part.by === 'findings' ? inMemoryPairs(part) : []));
  return [...documents, ...inMemory];
}

/** Secrets and malware lie in files, and have proofs of their own. */
function inMemoryPairs({ kind, atLeast }: Extract<Evidence, { by: 'findings' }>): ProofReports[] {
  if (kind === 'vulnerability') return [vulnerabilityReports(atLeast === 'any' ? 'low' : atLeast)];
  return kind === 'licence' ? [licenceReports()] : [];
}

async function pairOf(proof: Proof): Promise<ProofReports> {
  return { violates: await reportOf(proof, 'violates'), satisfies: await reportOf(proof, 'satisfies') };
}

/** Of each framework the clauses that a control speaks for. `alone`: without the other controls that do. */
function clausesWith({ id }: Control, others: 'alone' | 'with others' = 'with others'): Framework[] {
  return frameworks.flatMap((framework) => {
    const clauses = framework.clauses
      .filter(({ mappings }) => mappings.some(({ control }) => control === id))
      .map((clause) =>
        others === 'alone' ? { ...clause, mappings: clause.mappings.filter(({ control }) => control === id) } : clause,
      );
    return clauses.length > 0 ? [{ ...framework, clauses }] : [];
  });
}

function assessed(wanted: readonly Framework[], report: SavedReport): ComplianceReport {
  return assessCompliance(wanted, controls, { reports: [report], attestations: [], now });
}

function assertRed({ id }: Control, report: ComplianceReport): void {
  for (const { id: framework, requirements } of report.frameworks)
    for (const { clause, state, controls: rows } of requirements) {
      const row = rows.find((one) => one.id === id);
      assert.deepEqual([row?.state, state], ['fail', 'fail'], `${framework} ${clause}`);
    }
}

function assertGreen({ id }: Control, report: ComplianceReport): void {
  const judged = report.controls
    .filter((one) => one.id === id)
    .flatMap(({ parts }) => parts.filter(({ by }) => by === 'checks' || by === 'findings'));
  assert.deepEqual([...new Set(judged.map(({ answer }) => answer))], ['holds']);
  const red = report.frameworks.flatMap(({ requirements }) => requirements.filter(({ state }) => state === 'fail'));
  assert.deepEqual(red, []);
}

function countsOf({ id, clauses }: Framework): string {
  const byId = new Map(controls.map((control) => [control.id, control]));
  const rows = clauses.flatMap(({ mappings }) => mappings.flatMap(({ control }) => byId.get(control) ?? []));
  const proved = rows.filter(isAutomated);
  const only = (by: 'outside' | 'statement') =>
    rows.filter((row) => !isAutomated(row) && row.evidence.every((part) => part.by === by)).length;
  const clausesProved = clauses.filter(({ mappings }) =>
    mappings.some(({ control }) => automated.some((one) => one.id === control)),
  ).length;
  const unmapped = clauses.filter(({ mappings }) => mappings.length === 0).length;
  return [
    `${id}: ${clauses.length} clauses (${clausesProved} judged by scans, ${unmapped} without controls)`,
    `${rows.length} rows, ${proved.length} automated and proved`,
    `${only('outside')} outside of scans, ${only('statement')} by statement`,
  ].join('; ');
}

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Authorization, authorize, permissionsOf, whoCan } from './authorize.ts';
import { Rbac } from './rbac.ts';
import type { Action } from './rule.ts';
import { groupsOf, serviceAccountUser, type User } from './user.ts';

const GROUP = 'rbac.authorization.k8s.io';

interface RuleText {
  readonly verbs: string;
  readonly groups?: string;
  readonly resources?: string;
  readonly names?: string;
  readonly urls?: string;
}

function role(name: string, ...rules: readonly RuleText[]) {
  return { apiVersion: `${GROUP}/v1`, kind: 'ClusterRole', metadata: { name }, rules: rules.map(ruleOf) };
}

/** Lists are words between spaces; `core` is the group without a name. */
function ruleOf({ verbs, groups, resources, names, urls }: RuleText) {
  return {
    verbs: verbs.split(' '),
    ...(resources !== undefined && {
      apiGroups: (groups ?? 'core').split(' ').map((group) => (group === 'core' ? '' : group)),
      resources: resources.split(' '),
    }),
    ...(names !== undefined && { resourceNames: names.split(' ') }),
    ...(urls !== undefined && { nonResourceURLs: urls.split(' ') }),
  };
}

/** @param subjects `User ann`, `ServiceAccount shop/web`. @param namespace of a RoleBinding */
function binding(roleName: string, subjects: readonly string[], namespace?: string, kind = 'ClusterRole') {
  return {
    apiVersion: `${GROUP}/v1`,
    kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata: { name: 'b', ...(namespace !== undefined && { namespace }) },
    roleRef: { apiGroup: GROUP, kind, name: roleName },
    subjects: subjects.map((subject) => {
      const [word, name = ''] = subject.split(' ');
      const [first = '', second] = name.split('/');
      return word === 'ServiceAccount' && second !== undefined
        ? { kind: word, namespace: first, name: second }
        : { kind: word, name };
    }),
  };
}

const ann: User = { name: 'ann' };

/** `get pods/exec web @shop`, `list apps:deployments`, `get /healthz`. */
function actionOf(text: string): Action {
  const [verb = '', what = '', ...more] = text.split(' ');
  if (what.startsWith('/')) return { verb, path: what };
  const [group = '', resource = ''] = what.includes(':') ? what.split(':') : ['', what];
  const [plain = '', subresource] = resource.split('/');
  const namespace = more.find((word) => word.startsWith('@'))?.slice(1);
  const name = more.find((word) => !word.startsWith('@'));
  return {
    verb,
    group,
    resource: plain,
    ...(subresource !== undefined && { subresource }),
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
  };
}

/** One relation a line: the rule, then what it allows behind `+` and what it does not behind `-`. */
describe('a rule', () => {
  const table: readonly [what: string, rule: RuleText, relations: string][] = [
    [
      'every verb',
      { verbs: '*', resources: 'pods' },
      '+ get pods, + deletecollection pods, - get secrets, - get apps:pods',
    ],
    ['every group', { verbs: 'get', groups: '*', resources: 'pods' }, '+ get pods, + get apps:pods, - list pods'],
    ['every resource', { verbs: 'get', resources: '*' }, '+ get pods, + get pods/exec web, - get apps:pods'],
    [
      'several of each',
      { verbs: 'get list', groups: 'core apps', resources: 'a b' },
      '+ get b, + list apps:a, - watch a',
    ],
    [
      'a resource has not its subresources',
      { verbs: '*', resources: 'pods' },
      '- create pods/exec web, - get pods/status',
    ],
    ['nor the reverse', { verbs: '*', resources: 'pods/status' }, '+ get pods/status, - get pods'],
    [
      'a subresource of all',
      { verbs: 'create', resources: '*/exec' },
      '+ create pods/exec web, - create pods/attach, - create pods',
    ],
    ['no pattern: pods/*', { verbs: 'create', resources: 'pods/*' }, '- create pods/exec web, - create pods'],
    ['no pattern: nodes/*', { verbs: 'get', resources: 'nodes/*' }, '- get nodes/proxy a, - get nodes a'],
    ['verbs as they are written', { verbs: 'Get', resources: 'pods' }, '- get pods'],
    [
      'names: one object',
      { verbs: 'get update', resources: 'pods', names: 'web' },
      '+ get pods web, - get pods api, - get pods',
    ],
    [
      'names: list by field selector',
      { verbs: 'list watch', resources: 'pods', names: 'web' },
      '+ list pods web, - list pods, - watch pods',
    ],
    [
      'names: never without a name',
      { verbs: 'create deletecollection', resources: 'pods', names: 'web' },
      '- create pods, - deletecollection pods',
    ],
    [
      'names: create on a subresource has one',
      { verbs: 'create', resources: 'pods/exec', names: 'web' },
      '+ create pods/exec web, - create pods/exec api',
    ],
    ['an address', { verbs: 'get', urls: '/apis' }, '+ get /apis, - get /apis/v1, - post /apis, - get /api'],
    ['addresses below', { verbs: 'get', urls: '/apis/*' }, '+ get /apis/v1, + get /apis/, - get /apis'],
    ['addresses that begin so', { verbs: 'get', urls: '/health*' }, '+ get /healthz, + get /health, - get /livez'],
    ['several stars', { verbs: 'get', urls: '/a**' }, '+ get /abc'],
    ['a star in the middle is none', { verbs: 'get', urls: '/a/*/b' }, '- get /a/x/b'],
    ['all addresses', { verbs: 'get', urls: '*' }, '+ get /metrics, - get pods'],
    ['resources are no addresses', { verbs: '*', groups: '*', resources: '*' }, '- get /metrics'],
    ['without a group', { verbs: '*', groups: 'none', resources: 'pods' }, '- get pods'],
  ];
  for (const [what, rule, relations] of table)
    test(what, () => {
      const rbac = new Rbac([role('r', rule), binding('r', ['User ann'])], { withoutDefaults: true });
      for (const relation of relations.split(', ')) {
        const expected = relation.startsWith('+') ? 'allowed' : 'denied';
        assert.equal(authorize(rbac, ann, actionOf(relation.slice(2))).state, expected, relation);
      }
    });
});

describe('who is meant', () => {
  const everything = role('r', { verbs: '*', groups: '*', resources: '*' });
  const table: readonly [subject: string, user: User, isMeant: boolean][] = [
    ['User ann', ann, true],
    ['User ann', { name: 'bob', groups: ['ann'] }, false],
    ['Group team', { name: 'bob', groups: ['team'] }, true],
    ['Group team', { name: 'team' }, false],
    ['ServiceAccount shop/web', serviceAccountUser('shop', 'web'), true],
    ['ServiceAccount shop/web', serviceAccountUser('other', 'web'), false],
    ['ServiceAccount web', serviceAccountUser('shop', 'web'), false],
    ['User system:serviceaccount:shop:web', serviceAccountUser('shop', 'web'), true],
    ['Group system:serviceaccounts', serviceAccountUser('shop', 'web'), true],
    ['Group system:serviceaccounts:shop', serviceAccountUser('shop', 'web'), true],
    ['Group system:serviceaccounts:other', serviceAccountUser('shop', 'web'), false],
    ['Group system:authenticated', ann, true],
    ['Group system:authenticated', serviceAccountUser('shop', 'web'), true],
    ['Group system:authenticated', { name: 'system:anonymous' }, false],
    ['Group system:unauthenticated', { name: 'system:anonymous' }, true],
    ['Group system:unauthenticated', ann, false],
    ['User system:anonymous', { name: 'system:anonymous' }, true],
  ];
  for (const [subject, user, isMeant] of table)
    test(`${subject}: ${user.name}`, () => {
      const { state } = authorize(new Rbac([everything, binding('r', [subject])]), user, actionOf('get pods'));
      assert.equal(state === 'allowed', isMeant);
    });
  test('a service account without a namespace is of that of the binding', () => {
    const rbac = new Rbac([everything, binding('r', ['ServiceAccount web'], 'shop')]);
    assert.equal(authorize(rbac, serviceAccountUser('shop', 'web'), actionOf('get pods @shop')).state, 'allowed');
  });
  test('nobody limits system:masters', () => {
    const root = { name: 'root', groups: ['system:masters'] };
    assert.deepEqual(authorize(new Rbac([]), root, actionOf('get /x')), { state: 'allowed' });
  });
  test('groups that are given stay', () =>
    assert.deepEqual([...groupsOf({ name: 'ann', groups: ['team'] })], ['team', 'system:authenticated']));
});

describe('where a binding reaches', () => {
  const rules = [role('r', { verbs: '*', resources: '*' }, { verbs: 'get', urls: '*' })];
  const table: readonly [where: string, namespace: string | undefined, action: string, state: string][] = [
    ['the cluster', undefined, 'get pods', 'allowed'],
    ['the cluster', undefined, 'get pods @shop', 'allowed'],
    ['the cluster', undefined, 'get /metrics', 'allowed'],
    ['a namespace', 'shop', 'get pods @shop', 'allowed'],
    ['a namespace', 'shop', 'get pods @other', 'denied'],
    ['a namespace', 'shop', 'get pods', 'denied'],
    ['a namespace', 'shop', 'get /metrics', 'denied'],
  ];
  for (const [where, namespace, action, state] of table)
    test(`${where}: ${action}`, () => {
      const rbac = new Rbac([...rules, binding('r', ['User ann'], namespace)]);
      assert.equal(authorize(rbac, ann, actionOf(action)).state, state);
    });
});

describe('roles that are not there', () => {
  const cases: readonly [what: string, objects: readonly unknown[]][] = [
    ['of the cluster', [binding('gone', ['User ann'])]],
    [
      'of another namespace',
      [
        { ...role('r'), kind: 'Role', metadata: { name: 'r', namespace: 'other' } },
        binding('r', ['User ann'], 'shop', 'Role'),
      ],
    ],
    [
      'a Role in a binding of the cluster',
      [{ ...role('r'), kind: 'Role', metadata: { name: 'r' } }, binding('r', ['User ann'], undefined, 'Role')],
    ],
  ];
  for (const [what, objects] of cases)
    test(what, () => {
      const answer = authorize(new Rbac(objects), ann, actionOf('get pods @shop'));
      assert.equal(answer.state, 'unknown');
      assert.match(reasonOf(answer), /whose rules are not known/);
    });
  test('say nothing of others', () =>
    assert.equal(authorize(new Rbac([binding('gone', ['User bob'])]), ann, actionOf('get pods')).state, 'denied'));
  test('take nothing away from what is known', () => {
    const rbac = new Rbac([binding('gone', ['User ann']), binding('view', ['User ann'])]);
    assert.equal(authorize(rbac, ann, actionOf('get pods')).state, 'allowed');
    assert.equal(permissionsOf(rbac, ann).missing.length, 1);
  });
});

function reasonOf(answer: Authorization): string {
  return answer.state === 'unknown' ? answer.reason : '';
}

describe('roles that are made of others', () => {
  const made = (name: string, selector: unknown, labels = {}) => ({
    ...role(name, { verbs: '*', resources: 'ignored' }),
    metadata: { name, labels },
    aggregationRule: { clusterRoleSelectors: [selector] },
  });
  const part = {
    ...role('part', { verbs: 'get', resources: 'pods' }),
    metadata: { name: 'part', labels: { to: 'all' } },
  };
  const ask = (objects: readonly unknown[], action: string) =>
    authorize(new Rbac([...objects, binding('all', ['User ann'])]), ann, actionOf(action)).state;

  test('have the rules of these', () =>
    assert.equal(ask([made('all', { matchLabels: { to: 'all' } }), part], 'get pods'), 'allowed'));
  test('and not their own', () =>
    assert.equal(ask([made('all', { matchLabels: { to: 'all' } }), part], 'get ignored'), 'denied'));
  test('in turn', () => {
    const middle = made('middle', { matchLabels: { to: 'all' } }, { to: 'middle' });
    assert.equal(ask([made('all', { matchLabels: { to: 'middle' } }), middle, part], 'get pods'), 'allowed');
  });
  test('in a circle', () => {
    const circle = [
      made('all', { matchLabels: { to: 'b' } }, { to: 'a' }),
      made('b', { matchLabels: { to: 'a' } }, { to: 'b' }),
    ];
    assert.equal(ask(circle, 'get pods'), 'denied');
  });
  test('of every role', () => assert.equal(ask([made('all', {})], 'delete nodes'), 'allowed'));
});

describe('what every cluster has', () => {
  const table: readonly [role: string, action: string, state: string][] = [
    ['cluster-admin', 'delete nodes a', 'allowed'],
    ['cluster-admin', 'get /metrics', 'allowed'],
    ['admin', 'create rbac.authorization.k8s.io:rolebindings', 'allowed'],
    ['admin', 'get secrets a', 'allowed'],
    ['edit', 'create pods/exec web', 'allowed'],
    ['edit', 'create rbac.authorization.k8s.io:rolebindings', 'denied'],
    ['edit', 'list configmaps', 'allowed'],
    ['view', 'list configmaps', 'allowed'],
    ['view', 'get secrets a', 'denied'],
    ['view', 'create pods/exec web', 'denied'],
    ['system:auth-delegator', 'create authentication.k8s.io:tokenreviews', 'allowed'],
  ];
  for (const [name, action, state] of table)
    test(`${name}: ${action}`, () =>
      assert.equal(authorize(new Rbac([binding(name, ['User ann'])]), ann, actionOf(action)).state, state));
  test('a role of the same name takes the place of it', () => {
    const rbac = new Rbac([role('view', { verbs: 'get', resources: 'secrets' }), binding('view', ['User ann'])]);
    assert.equal(authorize(rbac, ann, actionOf('get secrets a')).state, 'allowed');
  });
  test('a role that is added to view is part of edit and admin', () => {
    const labels = { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' };
    const added = {
      ...role('x', { verbs: 'get', groups: 'a.example', resources: 'x' }),
      metadata: { name: 'x', labels },
    };
    for (const name of ['view', 'edit', 'admin'])
      assert.equal(
        authorize(new Rbac([added, binding(name, ['User ann'])]), ann, actionOf('get a.example:x')).state,
        'allowed',
      );
  });
});

test('an answer tells the binding and the rule', () => {
  const objects = [
    role('r', { verbs: 'get', resources: 'pods' }, { verbs: 'get', resources: 'secrets' }),
    binding('r', ['Group a', 'User ann']),
  ];
  const answer = authorize(new Rbac(objects), ann, actionOf('get secrets'));
  assert.ok(answer.state === 'allowed' && answer.because);
  assert.equal(answer.because.binding.object, objects[1]);
  assert.equal(answer.because.subject.index, 1);
  assert.equal(answer.because.rule.role.object, objects[0]);
  assert.equal(answer.because.rule.index, 1);
});

describe('who can', () => {
  const rbac = new Rbac([
    role('all', { verbs: '*', groups: '*', resources: '*' }),
    role('one', { verbs: 'get', resources: 'secrets', names: 'web-tls' }),
    role('makes-one', { verbs: 'create', resources: 'secrets', names: 'web-tls' }),
    binding('all', ['User root']),
    binding('one', ['ServiceAccount shop/web'], 'shop'),
    binding('makes-one', ['User nobody'], 'shop'),
    binding('gone', ['User maybe'], 'shop'),
  ]);
  const table: readonly [question: Parameters<typeof whoCan>[1], who: string][] = [
    [{ verb: 'get', resource: 'secrets' }, 'web root masters'],
    [{ verb: 'get', resource: 'secrets', namespace: 'other' }, 'root masters'],
    [{ verb: 'get', resource: 'secrets', name: 'web-tls', namespace: 'shop' }, 'web root masters'],
    [{ verb: 'get', resource: 'secrets', name: 'other', namespace: 'shop' }, 'root masters'],
    [{ verb: 'create', resource: 'secrets' }, 'root masters'],
    [{ verb: 'create', resource: 'pods', subresource: 'exec', group: '' }, 'root masters'],
    [{ verb: 'get', path: '/metrics' }, 'masters'],
  ];
  for (const [question, who] of table)
    test(JSON.stringify(question), () => {
      const names = whoCan(rbac, question).grants.map(({ subject }) => subject.name.replace('system:', ''));
      assert.deepEqual(names.toSorted(), who.split(' ').toSorted());
    });
  test('what is not known is said', () =>
    assert.equal(whoCan(rbac, { verb: 'get', resource: 'secrets' }).missing[0]?.role.name, 'gone'));
});

test('objects that are broken are passed over', () => {
  const broken: readonly unknown[] = [
    null,
    'text',
    [],
    {},
    { apiVersion: `${GROUP}/v1`, kind: 'ClusterRole' },
    {
      apiVersion: `${GROUP}/v1`,
      kind: 'ClusterRole',
      metadata: { name: 'r' },
      rules: [null, 1, { verbs: 'get', resources: {} }],
    },
    {
      apiVersion: `${GROUP}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: null,
      subjects: [null, { kind: 'User' }, { kind: 'Robot', name: 'x' }],
    },
    { apiVersion: 'v1', kind: 'ClusterRole', metadata: { name: 'other-group' } },
  ];
  assert.equal(authorize(new Rbac(broken), ann, actionOf('get pods')).state, 'denied');
});

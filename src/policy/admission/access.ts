import type { AccessAnswer, AccessQuestion, Authorize } from '#expressions/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import { type ManifestObject, textAt } from '#manifests/index.ts';
import { type Action, type Authorization, authorize, describeSubject, Rbac } from '#rbac/index.ts';

const GROUP = 'rbac.authorization.k8s.io/';

/** Answers what expressions ask the authorizer, from the roles and bindings among the objects and those that every cluster has. */
export function authorizeByRoles(objects: readonly ManifestObject[]): Authorize {
  const hasRoles = objects.some(({ json }) => textAt(json, 'apiVersion')?.startsWith(GROUP) === true);
  if (!hasRoles) return () => err('there is no role and no binding of one among the files');
  const rbac = new Rbac(objects.map(({ json }) => json));
  return (question) => {
    if (question.user.name === '' && question.user.groups.length === 0)
      return err('say who asks, with --user or --group');
    return answerOf(authorize(rbac, question.user, actionOf(question)));
  };
}

function actionOf({ verb, path, group = '', resource = '', subresource, namespace, name }: AccessQuestion): Action {
  if (path !== undefined) return { verb, path };
  return {
    verb,
    group,
    resource,
    ...(subresource !== undefined && { subresource }),
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
  };
}

function answerOf(authorization: Authorization): Result<AccessAnswer> {
  switch (authorization.state) {
    case 'allowed':
      return ok({ isAllowed: true, reason: reasonOf(authorization.because) });
    case 'denied':
      return ok({ isAllowed: false, reason: '' });
    case 'unknown':
      return err(authorization.reason);
  }
}

function reasonOf(grant: Extract<Authorization, { state: 'allowed' }>['because']): string {
  if (grant === undefined) return '';
  const { binding, role, subject } = grant;
  const place = (namespace: string | undefined, name: string): string =>
    JSON.stringify(namespace === undefined ? name : `${name}/${namespace}`);
  const bound = `${binding.kind} ${place(binding.namespace, binding.name)} of ${role.kind} ${JSON.stringify(role.name)}`;
  return `RBAC: allowed by ${bound} to ${describeSubject(subject)}`;
}

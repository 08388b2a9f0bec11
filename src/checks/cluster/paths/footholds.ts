/** What an attacker has. Each foothold is a word that says its kind, and of what. */
export const OUTSIDE = 'outside';
/** Whoever asks the API server without saying who. */
export const ANONYMOUS = 'anonymous';
/** All of the cluster. */
export const ADMIN = 'admin';
/** Root on some node. */
export const ANY_NODE = 'any-node';
/** Root on whichever node one chooses, as a pod may name its node. */
export const CHOSEN_NODE = 'chosen-node';

/** A shell in the pods of a workload. */
export const inWorkload = (key: string) => `in ${key}`;
/** Its token: everything that the API server lets it do. */
export const asAccount = (namespace: string, name: string) => `as ${namespace}/${name}`;
export const asGroup = (name: string) => `group ${name}`;
export const asUser = (name: string) => `user ${name}`;
/** A shell in whichever pod of a namespace. */
export const inAnyPodOf = (namespace: string) => `pods ${namespace}`;
/** A pod of one's own making in a namespace. */
export const newPodIn = (namespace: string) => `new-pod ${namespace}`;
/** The secrets of a namespace. */
export const secretsOf = (namespace: string) => `secrets ${namespace}`;
/** Tokens of whichever service account of a namespace. */
export const anyAccountOf = (namespace: string) => `accounts ${namespace}`;
export const onNode = (name: string) => `node ${name}`;
/** Data of a workload that keeps some. */
export const dataOf = (key: string) => `data ${key}`;
/** The whole cluster as a namespace: what a binding for all gives. */
export const EVERYWHERE = '*';

/** For people: `a shell in Deployment shop/web`. */
export function footholdWords(foothold: string): string {
  const space = foothold.indexOf(' ');
  const kind = space === -1 ? foothold : foothold.slice(0, space);
  const what = foothold.slice(space + 1);
  const where = what === EVERYWHERE ? 'all namespaces' : `namespace ${what}`;
  switch (kind) {
    case 'outside':
      return 'the outside';
    case 'anonymous':
      return 'asking without a name';
    case 'admin':
      return 'the whole cluster';
    case 'any-node':
      return 'a node';
    case 'chosen-node':
      return 'any node that is chosen';
    case 'in':
      return `a shell in ${what}`;
    case 'as':
      return `the service account ${what}`;
    case 'group':
      return `the group ${what}`;
    case 'user':
      return `the user ${what}`;
    case 'pods':
      return `a shell in any pod of ${where}`;
    case 'new-pod':
      return `a new pod in ${where}`;
    case 'secrets':
      return `the secrets of ${where}`;
    case 'accounts':
      return `any service account of ${where}`;
    case 'node':
      return `root on ${what}`;
    default:
      return `the data of ${what}`;
  }
}

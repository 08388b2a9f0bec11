import { memberOf } from '#foundation/documents/index.ts';
import { objectsOf } from '#posture/index.ts';
import { nameOf } from '../cluster-check.ts';
import type { Estate } from './estate.ts';
import { ADMIN, ANY_NODE, CHOSEN_NODE, inWorkload, newPodIn, onNode } from './footholds.ts';
import type { Step } from './graph.ts';

/** Where pods of a workload run: the nodes that they were seen on, else some node that nothing is known of. */
export function nodesOf(estate: Estate, key: string): readonly string[] {
  const seen = estate.nodesOf.get(key);
  return seen ? [...seen].map(onNode) : [onNode(`a node of ${key}`)];
}

/** From root on a node to what runs on it, and from a new pod to a node. */
export function* nodeSteps(estate: Estate): Iterable<Step> {
  const known = new Set<string>();
  for (const [key, workload] of estate.workloads) {
    for (const node of nodesOf(estate, key)) {
      known.add(node);
      if (estate.nodesOf.has(key)) yield { from: node, to: inWorkload(key), how: `${key} runs there`, weight: 0 };
    }
    // Where no pods were listed, only these are known to be on every node.
    if (workload.object.kind === 'DaemonSet' && !estate.nodesOf.has(key))
      yield { from: ANY_NODE, to: inWorkload(key), how: `${key} runs on every node`, weight: 0 };
  }
  for (const node of objectsOf(estate.state, 'nodes')) known.add(onNode(nameOf(node)));
  for (const node of known) {
    yield { from: node, to: ANY_NODE, how: 'it is one', weight: 0 };
    yield { from: CHOSEN_NODE, to: node, how: 'the pod names its node', weight: 0 };
  }
  yield { from: CHOSEN_NODE, to: ANY_NODE, how: 'it is one', weight: 0 };
  yield* controlPlane(estate);
  yield* newPods(estate);
}

const CONTROL_PLANE = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

function* controlPlane({ state }: Estate): Iterable<Step> {
  for (const node of objectsOf(state, 'nodes')) {
    const labels = memberOf(memberOf(node, 'metadata'), 'labels');
    if (CONTROL_PLANE.some((label) => memberOf(labels, label) !== undefined))
      yield { from: onNode(nameOf(node)), to: ADMIN, how: 'the keys of the control plane lie there', weight: 0 };
  }
}

const LEVEL = 'pod-security.kubernetes.io/enforce';

/** Whoever starts pods where nothing is enforced has a node. What webhooks and policies deny is not known here: the step says so. */
function* newPods({ namespaces, state }: Estate): Iterable<Step> {
  const guarded = ['validatingwebhookconfigurations', 'validatingadmissionpolicybindings'].some(
    (one) => objectsOf(state, `${one}.admissionregistration.k8s.io`).length > 0,
  );
  for (const [name, namespace] of namespaces) {
    const level = memberOf(memberOf(memberOf(namespace, 'metadata'), 'labels'), LEVEL);
    if (level === 'baseline' || level === 'restricted') continue;
    yield {
      from: newPodIn(name),
      to: CHOSEN_NODE,
      how: `makes the pod privileged, as ${name} enforces no Pod Security Standard${guarded ? ', unless a webhook or policy denies it' : ''}`,
      weight: guarded ? 2 : 0,
      cut: { id: `level ${name}`, what: `Label namespace ${name} with ${LEVEL}: baseline`, cost: 1 },
    };
  }
}

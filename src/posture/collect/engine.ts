import { asList, asText, memberOf, parseJsonText } from '#foundation/documents/index.ts';
import { createHttpClient, type HttpClient, userAgent } from '#foundation/index.ts';
import type { Engine, Swarm } from '../evidence.ts';
import { type Known, known, missing } from '../known.ts';
import {
  clusterShape,
  containerShape,
  imageShape,
  infoShape,
  kept,
  networkShape,
  nodeShape,
  type Shape,
  serviceShape,
  versionShape,
} from './inspect-shape.ts';

const MAX_CONTAINERS = 5000;
const AT_ONCE = 8;
const ANSWER_MS = 20_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** Asks an engine on a socket of this machine. Only reads: no `exec`, nothing is changed. @param address `unix:///run/docker.sock` */
export async function collectEngine(address: string, signal: AbortSignal): Promise<Known<Engine>> {
  const socketPath = /^unix:\/\/(\/.+)$/.exec(address)?.[1];
  if (socketPath === undefined) return missing(`${address.slice(0, 100)} is no socket of this machine (unix:///…)`);
  const client = createHttpClient({ userAgent, socketPath });
  try {
    return await ask({ client, signal }, address);
  } finally {
    client.close();
  }
}

interface Api {
  readonly client: HttpClient;
  readonly signal: AbortSignal;
}

async function ask(api: Api, address: string): Promise<Known<Engine>> {
  const info = await one(api, '/info', infoShape);
  if ('missing' in info) return missing(`${address}: ${info.missing}`);
  const [version, containers, images, networks, swarm] = await Promise.all([
    one(api, '/version', versionShape),
    inspected(api),
    list(api, '/images/json', imageShape),
    list(api, '/networks', networkShape),
    swarmOf(api, info.known),
  ]);
  return known({ address, info, version, containers, images, networks, swarm });
}

async function inspected(api: Api): Promise<Known<unknown[]>> {
  const listed = await answerOf(api, '/containers/json?all=1');
  if ('missing' in listed) return listed;
  const ids = (asList(listed.known) ?? []).flatMap((container) => asText(memberOf(container, 'Id')) ?? []);
  if (ids.length > MAX_CONTAINERS) return missing(`there are more than ${MAX_CONTAINERS} containers`);
  const found: unknown[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = await Promise.all(ids.slice(at, at + AT_ONCE).map((id) => containerOf(api, id)));
    const failed = some.find((container) => 'missing' in container);
    if (failed !== undefined) return failed;
    found.push(...some.flatMap((container) => ('known' in container ? container.known : [])));
  }
  return known(found);
}

/** None where it was removed meanwhile. */
async function containerOf(api: Api, id: string): Promise<Known<unknown[]>> {
  if (!/^[0-9a-f]{12,64}$/.test(id)) return missing('the engine names a container by what is no id');
  const answer = await answerOf(api, `/containers/${id}/json`);
  if ('known' in answer) return known([kept(answer.known, containerShape)]);
  return answer.missing.endsWith(' 404') ? known([]) : answer;
}

async function swarmOf(api: Api, info: unknown): Promise<Known<Swarm>> {
  const swarm = memberOf(info, 'Swarm');
  if (memberOf(swarm, 'LocalNodeState') !== 'active') return missing('the engine is in no swarm');
  if (memberOf(swarm, 'ControlAvailable') !== true)
    return missing('this node is no manager: ask a manager of the swarm');
  const [cluster, nodes, services] = await Promise.all([
    one(api, '/swarm', clusterShape),
    list(api, '/nodes', nodeShape),
    list(api, '/services', serviceShape),
  ]);
  if ('missing' in cluster) return cluster;
  if ('missing' in nodes) return nodes;
  if ('missing' in services) return services;
  return known({ cluster: cluster.known, nodes: nodes.known, services: services.known });
}

async function one(api: Api, path: string, shape: Shape): Promise<Known<unknown>> {
  const answer = await answerOf(api, path);
  return 'known' in answer ? known(kept(answer.known, shape)) : answer;
}

async function list(api: Api, path: string, shape: Shape): Promise<Known<unknown[]>> {
  const answer = await answerOf(api, path);
  if ('missing' in answer) return answer;
  const entries = asList(answer.known);
  return entries === undefined
    ? missing(`the engine's answer to ${path} is no list`)
    : known(entries.map((entry) => kept(entry, shape)));
}

async function answerOf({ client, signal }: Api, path: string): Promise<Known<unknown>> {
  const answer = await client.request(`http://docker${path}`, { signal, maxBytes: MAX_BYTES, totalMs: ANSWER_MS });
  if (!answer.ok) return missing(`the engine does not answer: ${answer.error.message}`);
  const { status, body } = answer.value;
  if (status !== 200) return missing(`the engine answered ${path} with ${status}`);
  const json = parseJsonText(body.toString('utf8'));
  return json.ok ? known(json.value) : missing(`the engine's answer to ${path} ${json.error}`);
}

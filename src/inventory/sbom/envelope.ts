import { asMembers, asText, type Members, parseJsonText } from '#foundation/documents/index.ts';

/** An envelope holds a statement that holds a predicate; more layers than these are nobody's. */
const MAX_LAYERS = 6;

export interface Unwrapped {
  readonly document: Members;
  readonly isEnveloped: boolean;
}

/**
 * What is inside of what is made for signing: a DSSE envelope (https://github.com/secure-systems-lab/dsse), alone or in a Sigstore
 * bundle, and the in-toto statement in it (https://in-toto.io/Statement/v1), whose predicate is the document. Signatures are not
 * looked at. GitHub's export and BuildKit's listing have the document in a member.
 */
export function unwrap(outer: Members): Unwrapped {
  let document = outer;
  let isEnveloped = false;
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    const signed = payloadOf(document) ?? asMembers(document['dsseEnvelope']) ?? predicateOf(document);
    const inner = signed ?? asMembers(document['sbom']) ?? asMembers(document['SPDX']);
    if (inner === undefined) break;
    isEnveloped ||= signed !== undefined;
    document = inner;
  }
  return { document, isEnveloped };
}

function payloadOf(envelope: Members): Members | undefined {
  const payload = asText(envelope['payload']);
  if (payload === undefined || asText(envelope['payloadType']) === undefined) return undefined;
  return membersOfText(Buffer.from(payload, 'base64').toString('utf8'));
}

function predicateOf(statement: Members): Members | undefined {
  if (asText(statement['predicateType']) === undefined) return undefined;
  const predicate = asMembers(statement['predicate']);
  // Cosign once put the document into a member, sometimes as a text.
  const data = predicate?.['Data'];
  return asMembers(data) ?? membersOfText(asText(data) ?? '') ?? predicate;
}

function membersOfText(text: string): Members | undefined {
  const read = parseJsonText(text);
  return read.ok ? asMembers(read.value) : undefined;
}

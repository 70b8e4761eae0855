// What the peers may load: pinned contexts, published documents and did:key. Nothing reaches the network.

const MULTIKEY = 'https://w3id.org/security/multikey/v1';
const contexts = new Map();
const published = new Map();

export function pinContexts(entries) {
  for(const [iri, document] of Object.entries(entries)) {
    contexts.set(iri, document);
  }
}

export function publish(entries) {
  for(const [url, document] of Object.entries(entries)) {
    published.set(url, document);
  }
}

export async function documentLoader(url) {
  const document = contexts.get(url) ?? published.get(url) ?? didKey(url);
  if(document === undefined) {
    throw new Error(`NotFoundError loading "${url}"`);
  }
  return {contextUrl: null, documentUrl: url, document};
}

// did:key as a Multikey controller document, or the one verification method when the URL has a fragment.
function didKey(url) {
  if(!url.startsWith('did:key:')) {
    return undefined;
  }
  const [did, fragment] = url.split('#');
  const publicKeyMultibase = did.slice('did:key:'.length);
  const id = `${did}#${publicKeyMultibase}`;
  const method = {'@context': MULTIKEY, id, type: 'Multikey', controller: did, publicKeyMultibase};
  if(fragment !== undefined) {
    return method;
  }
  return {
    '@context': ['https://www.w3.org/ns/did/v1', MULTIKEY],
    id: did,
    verificationMethod: [method],
    assertionMethod: [id],
    authentication: [id]
  };
}

// Stands in for the network below libraries that insist on fetching: published documents only.
export async function fetchPublished(input) {
  const url = typeof input === 'string' ? input : input.url;
  const document = published.get(url) ?? contexts.get(url);
  if(document === undefined) {
    return new Response('not found', {status: 404});
  }
  return new Response(JSON.stringify(document), {headers: {'content-type': 'application/json'}});
}

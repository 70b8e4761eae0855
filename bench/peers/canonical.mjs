// The canonical form by jsonld.js and rdf-canonize, in safe mode and without a base, as the cryptosuites call it.

import jsonld from 'jsonld';
import {documentLoader} from './loading.mjs';

// One entry a document: the N-Quads, or {refused: the reason}.
export async function canonicalizeAll(documents, {algorithm = 'SHA-256'} = {}) {
  const forms = [];
  for(const document of documents) {
    forms.push(await canonicalize(document, algorithm));
  }
  return forms;
}

async function canonicalize(document, algorithm) {
  try {
    return await jsonld.canonize(document, {
      algorithm: 'RDFC-1.0', messageDigestAlgorithm: algorithm, format: 'application/n-quads',
      documentLoader, safe: true, base: null, maxWorkFactor: 3
    });
  } catch(error) {
    const code = error.details?.event?.code ?? error.details?.code ?? error.name;
    return {refused: `${code}: ${error.message}`};
  }
}

// The canonical form by jsonld.js and rdf-canonize: safe mode and no base, through the function the cryptosuites call.
// Only the work limit is raised: the default of one turn a blank node stops at graphs that are alike but harmless.

import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {canonize} from 'rdf-canonize';
import {documentLoader} from './loading.mjs';

const WORK = {maxWorkFactor: 3};

// One entry a document: the N-Quads, or {refused: the reason}.
export async function canonicalizeAll(documents, {algorithm = 'SHA-256'} = {}) {
  const options = {documentLoader, base: null, safe: true, messageDigestAlgorithm: algorithm, ...WORK};
  return Promise.all(documents.map(document => orRefusal(() => cryptosuite.canonize(document, options))));
}

export async function canonicalizeQuads(texts, {algorithm = 'SHA-256'} = {}) {
  const options = {
    algorithm: 'RDFC-1.0', messageDigestAlgorithm: algorithm,
    inputFormat: 'application/n-quads', format: 'application/n-quads', ...WORK
  };
  return Promise.all(texts.map(text => orRefusal(() => canonize(text, options))));
}

async function orRefusal(canonicalize) {
  try {
    return await canonicalize();
  } catch(error) {
    const code = error.details?.event?.code ?? error.details?.code ?? error.name;
    return {refused: `${code}: ${error.message}`};
  }
}

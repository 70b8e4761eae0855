// @digitalcredentials/verifier-core, which fetches registries, status lists and schemas by itself.
// Its every fetch is answered from the published documents; the module is loaded only after that is in place.

import {fetchPublished} from './loading.mjs';

let verifyCredential;

async function load() {
  if(verifyCredential === undefined) {
    globalThis.fetch = fetchPublished;
    ({verifyCredential} = await import('@digitalcredentials/verifier-core'));
  }
}

// {verified, log, errors}: verified when the signature is good and every step of the log is valid.
// Registration of the issuer is reported in the log and does not count, as in our own verdict.
export async function verify(credential, {registries = []} = {}) {
  await load();
  const result = await verifyCredential({credential, knownDIDRegistries: registries});
  const log = result.log ?? [];
  const errors = (result.errors ?? []).map(each => `${each.name}: ${each.message}`);
  const steps = log.filter(step => step.id !== 'registered_issuer');
  const signed = steps.some(step => step.id === 'valid_signature' && step.valid);
  const verified = signed && errors.length === 0 && steps.every(step => step.valid === true);
  return {verified, log, errors, schemas: schemaResults(result)};
}

function schemaResults(result) {
  const entry = (result.additionalInformation ?? []).find(each => each.id === 'schema_check');
  return Array.isArray(entry?.results) ? entry.results.map(each => each.result) : [entry?.results];
}

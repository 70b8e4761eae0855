// Data Integrity by @digitalbazaar/vc: the four suites that Skillmark writes.

import * as ecdsaJcs from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import {cryptosuite as ecdsaRdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as eddsaJcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as vc from '@digitalbazaar/vc';
import {documentLoader} from './loading.mjs';

const SUITES = {
  'eddsa-rdfc-2022': {sign: eddsaRdfc, verify: eddsaRdfc, keys: Ed25519Multikey},
  'eddsa-jcs-2022': {
    sign: eddsaJcs.createSignCryptosuite(), verify: eddsaJcs.createVerifyCryptosuite(), keys: Ed25519Multikey
  },
  'ecdsa-rdfc-2019': {sign: ecdsaRdfc, verify: ecdsaRdfc, keys: EcdsaMultikey},
  'ecdsa-jcs-2019': {
    sign: ecdsaJcs.createSignCryptosuite(), verify: ecdsaJcs.createVerifyCryptosuite(), keys: EcdsaMultikey
  }
};

// A function that issues: (document) => the secured document.
export async function issuer({suite, key, created}) {
  const {sign, keys} = SUITES[suite];
  const did = `did:key:${key.publicKeyMultibase}`;
  const pair = await keys.from({...key, id: `${did}#${key.publicKeyMultibase}`, controller: did});
  const proof = new DataIntegrityProof({signer: pair.signer(), date: created, cryptosuite: sign});
  return document => vc.issue({credential: {...document}, suite: proof, documentLoader});
}

// `check` is called for documents with a status, after the proof: (credential) => boolean.
export async function verify(credential, {suite, check = () => true, now}) {
  const proof = new DataIntegrityProof({cryptosuite: SUITES[suite].verify});
  const checkStatus = async ({credential}) => ({verified: check(credential)});
  const {verified, error} = await vc.verifyCredential({credential, suite: proof, documentLoader, checkStatus, now});
  return {verified, reasons: verified ? [] : reasons(error)};
}

export async function generateKey(suite, {curve}) {
  const {keys} = SUITES[suite];
  const pair = await keys.generate(curve ? {curve} : {});
  const {publicKeyMultibase, secretKeyMultibase} = await pair.export({
    publicKey: true, secretKey: true, canonicalize: true
  });
  return {publicKeyMultibase, secretKeyMultibase};
}

export async function secretMultikey(seed) {
  const pair = await Ed25519Multikey.generate({seed: Buffer.from(seed, 'hex')});
  const {secretKeyMultibase} = await pair.export({publicKey: true, secretKey: true, canonicalize: true});
  return secretKeyMultibase;
}

function reasons(error) {
  const all = error?.errors ?? [error];
  return all.map(each => `${each?.name ?? 'Error'}: ${each?.message ?? 'not verified'}`);
}

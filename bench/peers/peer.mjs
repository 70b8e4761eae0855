// One long-living process that answers requests, one JSON object a line on each side.
// Request: {"do": name, ...arguments}. Answer: {"result": ...} or {"error": {"name", "message"}}.

import {createInterface} from 'node:readline';
import {readFileSync} from 'node:fs';
import {canonicalizeAll, canonicalizeQuads} from './canonical.mjs';
import * as core from './core.mjs';
import * as loading from './loading.mjs';
import * as proofs from './proofs.mjs';
import * as slices from './slices.mjs';
import * as tokens from './tokens.mjs';

// Libraries write notes to the console; the answers own standard output.
console.log = console.info = console.error;

const COMMANDS = {
  versions,
  pin: ({contexts}) => loading.pinContexts(contexts),
  publish: ({documents}) => loading.publish(documents),
  generate_key: ({suite, curve}) => proofs.generateKey(suite, {curve}),
  secret_multikey: ({seed}) => proofs.secretMultikey(seed),
  issue: async ({suite, key, created, documents}) => {
    const issue = await proofs.issuer({suite, key, created});
    return Promise.all(documents.map(issue));
  },
  verify: ({suite, documents, now}) => Promise.all(documents.map(each => proofs.verify(each, {suite, now}))),
  verify_core: ({documents, registries}) => Promise.all(documents.map(each => core.verify(each, {registries}))),
  sign_jwt: tokens.sign,
  verify_jwt: tokens.verify,
  canonicalize_nquads: ({texts, algorithm}) => canonicalizeQuads(texts, {algorithm}),
  canonicalize: ({documents, algorithm}) => canonicalizeAll(documents, {algorithm}),
  prepare: ({name, options}) => slices.prepare(name, options),
  slice: ({name, milliseconds}) => slices.slice(name, {milliseconds})
};

function versions() {
  const {dependencies} = JSON.parse(readFileSync(new URL('package.json', import.meta.url)));
  const {node, v8, openssl} = process.versions;
  return {runtime: {node, v8, openssl}, packages: dependencies};
}

async function answer(line) {
  try {
    const {do: command, ...request} = JSON.parse(line);
    return {result: await COMMANDS[command](request) ?? null};
  } catch(error) {
    return {error: {name: error.name, message: error.message}};
  }
}

for await (const line of createInterface({input: process.stdin, crlfDelay: Infinity})) {
  process.stdout.write(JSON.stringify(await answer(line)) + '\n');
}

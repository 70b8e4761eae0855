// The timed half of a benchmark: a case is prepared once and then run in slices of a given length.
// Seconds are those of the processor, in all threads of this process: collector and thread pool included.

import Ajv2019 from 'ajv/dist/2019.js';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import * as core from './core.mjs';
import * as proofs from './proofs.mjs';

const cases = new Map();

export async function prepare(name, {kind, ...options}) {
  cases.set(name, {run: await KINDS[kind](options), turn: 0});
}

export async function slice(name, {milliseconds}) {
  const entry = cases.get(name);
  const used = process.cpuUsage();
  const end = performance.now() + milliseconds;
  let count = 0;
  do {
    await entry.run(entry.turn++);
    count++;
  } while(performance.now() < end);
  const {user, system} = process.cpuUsage(used);
  return {count, seconds: (user + system) / 1e6};
}

const KINDS = {
  async issue({suite, key, documents}) {
    const issue = await proofs.issuer({suite, key});
    return turn => issue(documents[turn % documents.length]);
  },

  // Signature, JSON Schema by a compiled ajv, and the status bit in a list that is decoded already.
  async verify({suite, documents, schema, bits}) {
    const valid = schemaCheck(schema);
    const list = Buffer.from(bits, 'base64');
    const check = credential => valid(credential) && !isSet(list, credential.credentialStatus.statusListIndex);
    return async turn => {
      const {verified, reasons} = await proofs.verify(documents[turn % documents.length], {suite, check});
      if(!verified) {
        throw new Error(`the measured document did not verify: ${reasons.join('; ')}`);
      }
    };
  },

  async core({documents, registries}) {
    return async turn => {
      const {verified, errors, log} = await core.verify(documents[turn % documents.length], {registries});
      if(!verified) {
        throw new Error(`the measured document did not verify: ${errors.join('; ')} ${JSON.stringify(log)}`);
      }
    };
  }
};

function schemaCheck(schema) {
  const Ajv = schema.$schema?.includes('2020-12') ? Ajv2020 : Ajv2019;
  const ajv = new Ajv({strict: false});
  addFormats(ajv);
  return ajv.compile(schema);
}

function isSet(bits, index) {
  const position = Number(index);
  return (bits[position >> 3] & (0x80 >> (position & 7))) !== 0;
}

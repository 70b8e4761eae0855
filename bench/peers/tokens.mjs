// Compact JWS by jose.

import {CompactSign, compactVerify, importJWK} from 'jose';

export async function sign({jwk, header, payload}) {
  const bytes = new TextEncoder().encode(JSON.stringify(payload));
  return new CompactSign(bytes).setProtectedHeader(header).sign(await importJWK(jwk, header.alg));
}

export async function verify({token, jwk, algorithm}) {
  const key = await importJWK(jwk, algorithm);
  const {payload, protectedHeader} = await compactVerify(token, key, {algorithms: [algorithm]});
  return {header: protectedHeader, payload: JSON.parse(new TextDecoder().decode(payload))};
}

// Compact JWS by jose: signed with a PKCS#8 key, verified with a JWK.

import {CompactSign, compactVerify, importJWK, importPKCS8} from 'jose';

export async function sign({pem, header, payload}) {
  const bytes = new TextEncoder().encode(JSON.stringify(payload));
  return new CompactSign(bytes).setProtectedHeader(header).sign(await importPKCS8(pem, header.alg));
}

export async function verify({token, jwk, algorithm}) {
  const key = await importJWK(jwk, algorithm);
  const {payload, protectedHeader} = await compactVerify(token, key, {algorithms: [algorithm]});
  return {header: protectedHeader, payload: JSON.parse(new TextDecoder().decode(payload))};
}

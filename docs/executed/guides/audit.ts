import { generateKeyPairSync, sign } from "node:crypto";

export { audit } from "@spoor/core/audit";

const pair = generateKeyPairSync("ed25519");
const { x = "" } = pair.publicKey.export({ format: "jwk" });

export const publicKey: Uint8Array = Buffer.from(x, "base64url");
export const keyService = {
  signEd25519: (text: Uint8Array): Uint8Array => sign(null, text, pair.privateKey),
};

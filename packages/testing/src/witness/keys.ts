import { Buffer } from "node:buffer";
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Submission } from "./submission.ts";

/** A log's key, out of its vkey. */
export interface LogKey {
  readonly origin: string;
  readonly keyId: string;
  readonly publicKey: KeyObject;
}

export function logKeyOf(vkey: string): LogKey {
  const [, origin = "", keyId = "", base64 = ""] =
    /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
  const x = Buffer.from(base64, "base64").subarray(1).toString("base64url");
  const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  return { origin, keyId, publicKey };
}

/** Whether one of the keys has signed, and none of their signatures is wrong. */
export function isSignedBy(keys: readonly LogKey[], { text, signatures }: Submission): boolean {
  const known = signatures.flatMap((signature) =>
    keys
      .filter(({ origin, keyId }) => origin === signature.name && keyId === signature.keyId)
      .map(({ publicKey }) => verify(null, Buffer.from(text), publicKey, signature.bytes)),
  );
  return known.length > 0 && known.every(Boolean);
}

/** Signs what a witness may sign; its key lies in its folder, so that it is the same witness tomorrow. */
export interface Cosigner {
  readonly vkey: string;
  /** A signature line over the checkpoint, at a time in seconds. */
  cosign(text: string, seconds: number): string;
}

export function cosignerIn(folder: string, name: string): Cosigner {
  const file = join(folder, "key.pem");
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync("ed25519");
    writeFileSync(file, privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 });
  }
  const privateKey = createPrivateKey(readFileSync(file));
  const { x = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  const key = Buffer.concat([Buffer.of(4), Buffer.from(x, "base64url")]);
  const keyId = createHash("sha256").update(`${name}\n`).update(key).digest().subarray(0, 4);
  return {
    vkey: `${name}+${keyId.toString("hex")}+${key.toString("base64")}`,
    cosign: (text, seconds) => {
      const time = Buffer.alloc(8);
      time.writeBigUInt64BE(BigInt(seconds));
      const message = Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);
      const signature = Buffer.concat([keyId, time, sign(null, message, privateKey)]);
      return `— ${name} ${signature.toString("base64")}\n`;
    },
  };
}

import { AuditError } from "../audit-error.ts";
import { verifyEd25519 } from "../notes/ed25519.ts";
import type { Signer } from "../notes/signer.ts";
import { verifierKey } from "../notes/verifier-key.ts";

/** An Ed25519 key that lies elsewhere: in a key service, a token, another process. */
export interface KeyElsewhere {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /**
   * The signature over just these bytes, 64 of them. Rejects where it cannot sign: nothing is sealed then, and the next sealing tries again. So it is
   * where it gives no answer in time.
   */
  readonly sign: (text: Uint8Array) => Uint8Array | Promise<Uint8Array>;
}

/** Signs with such a key, and believes nothing that it gives: what the key does not open is refused before anybody sees it. */
export function signerElsewhere(
  origin: string,
  { publicKey, sign }: KeyElsewhere,
  patienceMs: number,
): Signer {
  return {
    key: verifierKey(origin, "ed25519", publicKey),
    sign: async (text) => {
      const signature: unknown = await within(patienceMs, origin, sign(text));
      if (signature instanceof Uint8Array && verifyEd25519(text, signature, publicKey))
        return signature;
      throw new AuditError("SIGNATURE_INVALID", `${kindOf(signature)}, for ${origin}`, {
        fix: "Have `sign` give the 64 bytes of an Ed25519 signature over just the bytes that it is given, by the key that `publicKey` is of.",
      });
    },
  };
}

/** Keeps no process alive. What is signed too late is dropped: it is true, and nobody needs it. */
async function within<Result>(
  patienceMs: number,
  origin: string,
  signing: Result | Promise<Result>,
): Promise<Result> {
  const patience = Promise.withResolvers<never>();
  const timer = setTimeout(() => patience.reject(silent(origin, patienceMs)), patienceMs).unref();
  try {
    return await Promise.race([signing, patience.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function kindOf(signature: unknown): string {
  if (!(signature instanceof Uint8Array))
    return `expected a signature as a Uint8Array, received ${Object.prototype.toString.call(signature).slice(8, -1)}`;
  return `the key that lies elsewhere gave ${signature.length} bytes that are no signature of it over this checkpoint`;
}

function silent(origin: string, patienceMs: number): AuditError {
  return new AuditError("KEY_SILENT", `the key of ${origin} has not signed in ${patienceMs} ms`, {
    fix: "Look at the service or the token that holds the key; it is asked again at the next sealing.",
  });
}

import { Buffer } from "node:buffer";
import { scope } from "../../otlp/encode/scope.ts";
import type { Keys } from "../credentials.ts";

/** A Langfuse, and who asks it. */
export interface LangfuseServer {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly publicKey: string;
  /** Of every request but the one about its health: the keys, and who sends. */
  readonly headers: Readonly<Record<string, string>>;
  /** A text without the secret key, as it is and as it is sent: an answer may repeat what it was asked with. */
  readonly withoutSecrets: (text: string) => string;
  readonly fetch: typeof fetch;
  /** Milliseconds since the epoch, to understand a `Retry-After` that names a date. */
  readonly clock: () => number;
}

/** How a server is reached besides its address and its keys. */
export interface Reach {
  /** For tests and proxies. */
  readonly fetch?: typeof fetch;
  /** For tests: milliseconds since the epoch. */
  readonly clock?: () => number;
}

export function serverOf(
  { baseUrl, publicKey, secretKey }: Keys & { readonly baseUrl: string },
  { fetch: ask = fetch, clock = Date.now }: Reach,
): LangfuseServer {
  const { version } = scope;
  const credentials = Buffer.from(`${publicKey}:${secretKey}`).toString("base64");
  // A key of a few letters stands in many a word.
  const secrets = [credentials, secretKey, ...(isPublic(publicKey) ? [] : [publicKey])].filter(
    ({ length }) => length >= 8,
  );
  return {
    baseUrl,
    publicKey,
    headers: {
      authorization: `Basic ${credentials}`,
      "x-langfuse-public-key": publicKey,
      "x-langfuse-sdk-name": "spoor",
      ...(version === undefined ? {} : { "x-langfuse-sdk-version": version }),
    },
    withoutSecrets: (text) =>
      secrets.reduce((left, secret) => left.replaceAll(secret, "[secret]"), text),
    fetch: ask,
    clock,
  };
}

const isPublic = (key: string): boolean => key.startsWith("pk-lf-");

/**
 * A server in words: where it is, and whose key was shown to it. The public key is no secret, and its beginning is enough to tell it from others; what does
 * not look like one may be the secret one in its place.
 */
export const identityOf = ({ baseUrl, publicKey }: LangfuseServer): string =>
  isPublic(publicKey)
    ? `${baseUrl} with the public key ${publicKey.length > 14 ? `${publicKey.slice(0, 14)}…` : publicKey}`
    : `${baseUrl} with these keys`;

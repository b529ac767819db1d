import type { Buffer } from "node:buffer";
import { createHash, createHmac } from "node:crypto";

/** Where an object store answers, and as whom it is asked. */
export interface Account {
  /** Without a slash at its end. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

export interface ObjectRequest {
  readonly method: "PUT" | "GET" | "DELETE";
  /** `/bucket/name`, of characters that need no escaping. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

const region = "us-east-1";
const algorithm = "AWS4-HMAC-SHA256";

/** A request that Amazon's S3 and what is like it answers: Signature Version 4, with the body's hash in it. */
export function ask(account: Account, request: ObjectRequest): Promise<Response> {
  const { method, path, query = {}, body = new Uint8Array() } = request;
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const bodyHash = createHash("sha256").update(body).digest("hex");
  const headers: Record<string, string> = {
    ...request.headers,
    host: new URL(account.url).host,
    "x-amz-content-sha256": bodyHash,
    "x-amz-date": time,
  };
  const names = Object.keys(headers).toSorted();
  const parameters = Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .toSorted()
    .join("&");
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join("");
  const canonical = [method, path, parameters, lines, names.join(";"), bodyHash].join("\n");
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  const hashed = createHash("sha256").update(canonical).digest("hex");
  const signature = signed([algorithm, time, scope, hashed].join("\n"), scope, account.password);
  const credential = `${account.user}/${scope}`;
  headers["authorization"] =
    `${algorithm} Credential=${credential}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  const { host: _, ...sent } = headers;
  const url = `${account.url}${path}${parameters && `?${parameters}`}`;
  return fetch(url, { method, headers: sent, ...(body.length > 0 ? { body } : {}) });
}

function signed(text: string, scope: string, password: string): string {
  let key: Buffer | string = `AWS4${password}`;
  for (const part of scope.split("/")) key = createHmac("sha256", key).update(part).digest();
  return createHmac("sha256", key).update(text).digest("hex");
}

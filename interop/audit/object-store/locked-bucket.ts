import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { type Account, ask, type ObjectRequest } from "./signed-request.ts";

/** What the store said. `version`: the one that it made, or that it was asked about. */
export interface Answer {
  readonly status: number;
  readonly body: Buffer;
  readonly version: string;
}

/** What an object is to be kept by: nobody may delete or shorten it before that time, not even whoever owns the account. */
export interface Lock {
  readonly until: Date;
}

type ObjectCall = Omit<ObjectRequest, "path"> & { readonly name?: string };

/** A bucket whose versions can be locked. Every answer is given as it is, refusals too. */
export class LockedBucket {
  readonly #account: Account;
  readonly #name: string;

  constructor(account: Account, name: string) {
    this.#account = account;
    this.#name = name;
  }

  make(): Promise<Answer> {
    return this.#ask({ method: "PUT", headers: { "x-amz-bucket-object-lock-enabled": "true" } });
  }

  /** `once`: only where nothing is called so. */
  put(
    name: string,
    body: Uint8Array,
    { lock, once = false }: { readonly lock?: Lock; readonly once?: boolean } = {},
  ): Promise<Answer> {
    const headers = {
      "content-md5": md5Of(body),
      ...(once ? { "if-none-match": "*" } : {}),
      ...(lock
        ? {
            "x-amz-object-lock-mode": "COMPLIANCE",
            "x-amz-object-lock-retain-until-date": lock.until.toISOString(),
          }
        : {}),
    };
    return this.#ask({ method: "PUT", name, headers, body });
  }

  /** Without a version, the newest one. */
  get(name: string, version?: string): Promise<Answer> {
    return this.#ask({ method: "GET", name, query: ofVersion(version) });
  }

  /** Without a version, it only looks as if nothing were there. */
  delete(name: string, version?: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#ask({ method: "DELETE", name, query: ofVersion(version), headers });
  }

  /** Says anew how, and until when, a version is locked. */
  relock(
    name: string,
    version: string,
    { until, mode = "COMPLIANCE" }: Lock & { readonly mode?: "COMPLIANCE" | "GOVERNANCE" },
  ): Promise<Answer> {
    const text = `<Retention xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Mode>${mode}</Mode><RetainUntilDate>${until.toISOString()}</RetainUntilDate></Retention>`;
    const body = Buffer.from(text);
    const headers = { "content-md5": md5Of(body), "x-amz-bypass-governance-retention": "true" };
    const query = { retention: "", ...ofVersion(version) };
    return this.#ask({ method: "PUT", name, query, headers, body });
  }

  async #ask({ name, ...request }: ObjectCall): Promise<Answer> {
    const path = name === undefined ? `/${this.#name}` : `/${this.#name}/${name}`;
    const response = await ask(this.#account, { ...request, path });
    return {
      status: response.status,
      body: Buffer.from(await response.arrayBuffer()),
      version: response.headers.get("x-amz-version-id") ?? "",
    };
  }
}

const ofVersion = (version: string | undefined): Record<string, string> =>
  version === undefined ? {} : { versionId: version };

const md5Of = (body: Uint8Array): string => createHash("md5").update(body).digest("base64");

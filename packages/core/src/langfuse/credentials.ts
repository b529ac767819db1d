/** A pair of keys: of one project, in one region. */
export interface Keys {
  readonly publicKey: string;
  readonly secretKey: string;
}

/** Throws, without repeating a secret, where they are missing or cannot be a pair. */
export function checkedKeys(publicKey: string | undefined, secretKey: string | undefined): Keys {
  if (publicKey === undefined || publicKey === "") throw missing("public", "LANGFUSE_PUBLIC_KEY");
  if (secretKey === undefined || secretKey === "") throw missing("secret", "LANGFUSE_SECRET_KEY");
  if (publicKey.startsWith("sk-lf-") || secretKey.startsWith("pk-lf-"))
    throw new TypeError(
      "the two keys of Langfuse are in each other's place, the public one begins with pk-lf-",
    );
  // What stands in a header of basic authentication, with the colon between the two.
  if (
    !/^[!-9;-~]+$/.test(publicKey) ||
    !/^[!-~]+$/.test(secretKey) ||
    isQuoted(publicKey, secretKey)
  )
    throw new TypeError(
      "the keys of Langfuse have characters that keys have not, copy them again, without quotes and spaces",
    );
  return { publicKey, secretKey };
}

/** The address of a Langfuse, without a slash at its end. Throws, naming what to do, where it cannot be one. */
export function checkedBaseUrl(address: string): string {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new TypeError(
      `expected the address of a Langfuse, received ${shown(address)}, give one such as https://cloud.langfuse.com`,
    );
  if (url.username !== "" || url.password !== "")
    throw new TypeError(
      `the address of the Langfuse at ${url.host} has credentials in it, give the keys of the project instead`,
    );
  if (url.search !== "" || url.hash !== "" || url.pathname.includes("/api/public"))
    throw new TypeError(
      `expected the address of a Langfuse without a path of its API, received "${url.origin}${url.pathname}${url.search === "" ? "" : "?…"}", give what stands before /api/public`,
    );
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

/** What stands in the place of an address may be a key, and what stands before a host a password. */
const shown = (address: string): string =>
  /[.:]/.test(address) && !/@|-lf-/.test(address) ? `"${address}"` : "something else";

const isQuoted = (...keys: readonly string[]): boolean => keys.some((key) => /^["'`]/.test(key));

const missing = (which: string, variable: string): TypeError =>
  new TypeError(
    `langfuse() has no ${which} key, set ${variable} to that of your project, from its settings`,
  );

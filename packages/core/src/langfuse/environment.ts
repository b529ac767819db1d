import { isEnvironment } from "../otlp/encode/overlays/langfuse/environment-name.ts";
import type { Environment } from "../otlp/transport/environment.ts";
import { checkedBaseUrl, checkedKeys, type Keys } from "./credentials.ts";

/** What may be said in code; else the environment says it. */
export interface Said {
  readonly publicKey?: string;
  readonly secretKey?: string;
  readonly baseUrl?: string;
}

/** Where a Langfuse is, who asks it, and what is said of traces that do not say it of themselves. */
export interface Settings extends Keys {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly environment: string | null;
  readonly release: string | null;
  readonly sample: number | null;
}

/** Langfuse Cloud, in the EU. */
const defaultBaseUrl = "https://cloud.langfuse.com";

/** The one that Langfuse's own SDKs for JavaScript read first, then their older one, then Python's. */
const addresses = ["LANGFUSE_BASE_URL", "LANGFUSE_BASEURL", "LANGFUSE_HOST"];

/** Throws, naming what to do, where something is missing or cannot be used. */
export function settingsIn(said: Said, environment: Environment): Settings {
  const {
    publicKey = variable(environment, "LANGFUSE_PUBLIC_KEY") ?? undefined,
    secretKey = variable(environment, "LANGFUSE_SECRET_KEY") ?? undefined,
  } = said;
  return {
    ...checkedKeys(publicKey, secretKey),
    baseUrl: said.baseUrl === undefined ? baseUrlIn(environment) : checkedBaseUrl(said.baseUrl),
    environment: checkedEnvironment(variable(environment, "LANGFUSE_TRACING_ENVIRONMENT")),
    release: variable(environment, "LANGFUSE_RELEASE"),
    sample: shareIn(environment),
  };
}

/** Throws where two variables lead to two places: whoever set them cannot have meant both. */
function baseUrlIn(environment: Environment): string {
  const said = addresses.flatMap((name) => {
    const value = variable(environment, name);
    return value === null ? [] : [{ name, url: checkedBaseUrl(value) }];
  });
  const [first, ...others] = said;
  if (first === undefined) return defaultBaseUrl;
  const other = others.find(({ url }) => url !== first.url);
  if (other === undefined) return first.url;
  throw new TypeError(
    `${first.name} says ${first.url} and ${other.name} says ${other.url}, unset one of them`,
  );
}

/** An empty variable is an unset one. */
function variable(environment: Environment, name: string): string | null {
  const value = environment[name]?.trim();
  return value === undefined || value === "" ? null : value;
}

/** What it does not accept, Langfuse would file under `default`. */
function checkedEnvironment(name: string | null): string | null {
  if (name === null || isEnvironment(name)) return name;
  throw new TypeError(
    `expected LANGFUSE_TRACING_ENVIRONMENT to be at most 40 of a to z, 0 to 9, "-" and "_", not beginning with "langfuse", received "${name}"`,
  );
}

/** The share of traces that go there. Throws for what is none. */
function shareIn(environment: Environment): number | null {
  const said = variable(environment, "LANGFUSE_SAMPLE_RATE");
  if (said === null) return null;
  const share = Number(said);
  if (share >= 0 && share <= 1) return share;
  throw new TypeError(`expected LANGFUSE_SAMPLE_RATE to be from 0 to 1, received "${said}"`);
}

import type { Protocol } from "../wire/payload.ts";
import type { Signal } from "./environment.ts";
import type { Compression } from "./send.ts";

/** The address as it will be asked. Throws, naming what to do, where no request can go to it. */
export function checkedUrl(url: string, signal: Signal = "traces"): string {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol))
    throw new TypeError(
      `expected the address of an OTLP ${signal} endpoint, received "${url}", give one such as http://localhost:4318/v1/${signal}`,
    );
  if (parsed.username !== "" || parsed.password !== "")
    throw new TypeError(
      `the address of the OTLP endpoint at ${parsed.host} has credentials in it, give them as a header`,
    );
  return parsed.href;
}

/** Lower-case names. Throws where one cannot be sent; the value may be a secret, so only the name is told. */
export function checkedHeaders(
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const checked = Object.entries(headers).map(([name, value]): readonly [string, string] => {
    try {
      return [name.toLowerCase(), new Headers([[name, value]]).get(name) ?? ""];
    } catch {
      throw new TypeError(`the header "${name}" cannot be sent, check its name and its value`);
    }
  });
  return Object.fromEntries(checked);
}

const protocols: readonly Protocol[] = ["http/protobuf", "http/json"];
const compressions: readonly Compression[] = ["gzip", "none"];

/** Throws for one that is not spoken here. */
export function checkedProtocol(protocol: Protocol | undefined): Protocol | undefined {
  if (protocol === undefined || protocols.includes(protocol)) return protocol;
  throw new TypeError(
    `expected protocol to be ${protocols.join(" or ")}, received "${protocol}"; for grpc give the collector's HTTP port`,
  );
}

/** Throws for one that is not done here. */
export function checkedCompression(compression: Compression | undefined): Compression | undefined {
  if (compression === undefined || compressions.includes(compression)) return compression;
  throw new TypeError(
    `expected compression to be ${compressions.join(" or ")}, received "${compression}"`,
  );
}

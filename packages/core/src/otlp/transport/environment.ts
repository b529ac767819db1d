import type { Compression } from "./send.ts";
import type { Protocol } from "../wire/payload.ts";

export type Environment = Readonly<Record<string, string | undefined>>;
export type Signal = "traces" | "logs" | "metrics";

/** An empty variable is an unset one, as OpenTelemetry has it. */
function variable(environment: Environment, name: string): string | null {
  const value = environment[name]?.trim();
  return value === undefined || value === "" ? null : value;
}

/** What is said of one signal wins over what is said of all. */
function ofSignal(environment: Environment, signal: Signal, name: string): string | null {
  return (
    variable(environment, `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_${name}`) ??
    variable(environment, `OTEL_EXPORTER_OTLP_${name}`)
  );
}

/** Where a signal goes when nobody said: its full address, else the base of all signals, else a collector on this machine. */
export function urlIn(environment: Environment, signal: Signal): string {
  const base = variable(environment, "OTEL_EXPORTER_OTLP_ENDPOINT") ?? "http://localhost:4318";
  return (
    variable(environment, `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`) ??
    under(base, signal)
  );
}

/** Behind the path of the base, and before its query; what is no address is told as it stands. */
function under(base: string, signal: Signal): string {
  const url = URL.parse(base);
  if (url === null) return base;
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/v1/${signal}`;
  return url.href;
}

/** Headers for all signals, and for this one, which win. */
export function headersIn(
  environment: Environment,
  signal: Signal,
): Readonly<Record<string, string>> {
  const lists = ["", `${signal.toUpperCase()}_`].map((which) =>
    pairsIn(variable(environment, `OTEL_EXPORTER_OTLP_${which}HEADERS`)),
  );
  return Object.fromEntries(lists.flat().map(([name, value]) => [name.toLowerCase(), value]));
}

/** Throws for a protocol that is not spoken here. */
export function protocolIn(environment: Environment, signal: Signal): Protocol {
  const protocol = ofSignal(environment, signal, "PROTOCOL") ?? "http/protobuf";
  if (protocol === "http/protobuf" || protocol === "http/json") return protocol;
  throw new TypeError(
    `expected OTEL_EXPORTER_OTLP_PROTOCOL to be http/protobuf or http/json, received "${protocol}"; for grpc give the collector's HTTP port`,
  );
}

export function compressionIn(environment: Environment, signal: Signal): Compression {
  return ofSignal(environment, signal, "COMPRESSION")?.toLowerCase() === "none" ? "none" : "gzip";
}

/** What `OTEL_RESOURCE_ATTRIBUTES` says, and over it `OTEL_SERVICE_NAME`. */
export function resourceIn(environment: Environment): Readonly<Record<string, string>> {
  const attributes = Object.fromEntries(pairsIn(variable(environment, "OTEL_RESOURCE_ATTRIBUTES")));
  const service = variable(environment, "OTEL_SERVICE_NAME") ?? attributes["service.name"];
  return { ...attributes, "service.name": service ?? "unknown_service" };
}

/** `name=value` between commas, percent-encoded; what is no pair is left out. */
function pairsIn(list: string | null): readonly (readonly [string, string])[] {
  return (list ?? "").split(",").flatMap((pair) => {
    const [name = "", ...value] = pair.split("=");
    return name.trim() === "" || value.length === 0
      ? []
      : [[decoded(name.trim()), decoded(value.join("=").trim())] as const];
  });
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** An empty variable is an unset one, as OpenTelemetry has it. */
function variable(environment: Environment, name: string): string | null {
  const value = environment[name]?.trim();
  return value === undefined || value === "" ? null : value;
}

export function serviceIn(environment: Environment): string {
  return variable(environment, "OTEL_SERVICE_NAME") ?? "unknown_service";
}

/** Where traces go when nobody said: the full address, else the base of all signals, else a collector on this machine. */
export function tracesUrlIn(environment: Environment): string {
  const base = variable(environment, "OTEL_EXPORTER_OTLP_ENDPOINT");
  return (
    variable(environment, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") ??
    `${(base ?? "http://localhost:4318").replace(/\/+$/, "")}/v1/traces`
  );
}

/** Headers for all signals, and for traces, which win: `name=value` pairs between commas, percent-encoded. */
export function headersIn(environment: Environment): Readonly<Record<string, string>> {
  const lists = ["OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS"].flatMap(
    (name) => variable(environment, name)?.split(",") ?? [],
  );
  return Object.fromEntries(
    lists.flatMap((pair) => {
      const [name = "", ...value] = pair.split("=");
      return name.trim() === "" || value.length === 0
        ? []
        : [[name.trim().toLowerCase(), decoded(value.join("=").trim())]];
    }),
  );
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The address as it will be asked. Throws, naming what to do, where no request can go to it. */
export function checkedUrl(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol))
    throw new TypeError(
      `expected the address of an OTLP traces endpoint, received "${url}", give one such as http://localhost:4318/v1/traces`,
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

import { Writable } from "node:stream";
import { resolve } from "node:path";
import { type ContentPolicy, type Exporter, resolveConfig, type Route, routeOf } from "@spoor/core";
import { consoleExporter } from "@spoor/core/console";
import { ndjson } from "@spoor/core/ndjson";
import { otel } from "@spoor/core/otel";
import { BadInput } from "../bad-input.ts";
import type { Io } from "../io.ts";
import { wantsColor } from "../output.ts";

/** What the command line says of a destination that no config names. */
export interface DestinationOptions {
  readonly file?: string | undefined;
  readonly url?: string | undefined;
  readonly content?: ContentPolicy | undefined;
}

/** The exporters that the config of the working directory, else the environment, has. */
export async function configuredRoutes(io: Io): Promise<readonly Route[]> {
  const { config } = await resolveConfig({ dir: io.cwd, environment: io.env });
  return (config.exporters ?? []).map(routeOf);
}

/** Where `--to` leads: to a configured exporter of that name, else to what everybody has. */
export async function routeTo(name: string, options: DestinationOptions, io: Io): Promise<Route> {
  const configured = (await configuredRoutes(io)).find(({ to }) => to.name === name);
  if (configured) return { ...configured, ...said(options) };
  const exporter = builtIn(name, options, io);
  if (exporter) return { ...routeOf(exporter), ...said(options) };
  throw new BadInput(
    `there is no exporter ${name}: name one of your config, or ndjson, otlp or console`,
  );
}

function builtIn(name: string, { file, url }: DestinationOptions, io: Io): Exporter | null {
  switch (name) {
    case "ndjson":
      return ndjson(
        file === undefined ? { stream: streamTo(io) } : { file: resolve(io.cwd, file) },
      );
    case "otlp":
    case "otel":
      return otel({ ...(url === undefined ? {} : { url }), environment: io.env });
    case "console":
      return consoleExporter({ write: (text) => io.stdout.write(text), color: wantsColor(io) });
    default:
      return null;
  }
}

function said({ content }: DestinationOptions): { readonly content?: ContentPolicy } {
  return content === undefined ? {} : { content };
}

function streamTo({ stdout }: Io): Writable {
  return new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      stdout.write(String(chunk));
      done();
    },
  });
}

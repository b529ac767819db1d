import { statSync } from "node:fs";
import { resolve } from "node:path";
import { Writable } from "node:stream";
import { type ContentPolicy, type Exporter, type Route, routeOf } from "@spoor/core";
import { consoleExporter } from "@spoor/core/console";
import { langfuse } from "@spoor/core/langfuse";
import { ndjson } from "@spoor/core/ndjson";
import { otel } from "@spoor/core/otel";
import { BadInput } from "../bad-input.ts";
import { configHere } from "../config-here.ts";
import type { Io } from "../io.ts";
import { wantsColor } from "../printing/output.ts";

/** What the command line says of a destination. */
export interface DestinationOptions {
  readonly file?: string | undefined;
  readonly url?: string | undefined;
  readonly content?: ContentPolicy | undefined;
}

/** The exporters that the config of the working directory, else the environment, has. */
export async function configuredRoutes(io: Io): Promise<readonly Route[]> {
  const config = await configHere(io);
  return (config.exporters ?? []).map(routeOf);
}

/**
 * Where `--to` leads: to a configured exporter of that name, else to what everybody has. An address on the command line is meant, so it goes
 * before the one of the config, whose policy stays.
 */
export async function routeTo(name: string, options: DestinationOptions, io: Io): Promise<Route> {
  const configured = (await configuredRoutes(io)).find(({ to }) => to.name === name);
  const addressed = options.file !== undefined || options.url !== undefined;
  if (configured && !addressed) return { ...configured, ...said(options) };
  const exporter = await builtIn(name, options, io);
  if (exporter) return { ...routeOf(exporter), ...policyOf(configured), ...said(options) };
  throw new BadInput(
    configured
      ? `exporter ${name} of your config has its address there: leave --file and --url out`
      : `there is no exporter ${name}: name one of your config, or ndjson, otlp, langfuse or console`,
  );
}

async function builtIn(
  name: string,
  options: DestinationOptions,
  io: Io,
): Promise<Exporter | null> {
  const { file, url } = options;
  switch (name) {
    case "ndjson":
      refuse("url", options, "ndjson goes to a file");
      return ndjson(file === undefined ? { stream: streamTo(io) } : { file: fileAt(file, io) });
    case "otlp":
    case "otel":
      refuse("file", options, "spans go to an address");
      return otel({ ...(url === undefined ? {} : { url }), environment: io.env });
    case "langfuse":
      refuse("file", options, "observations go to an address");
      return langfuse({ ...(url === undefined ? {} : { baseUrl: url }), environment: io.env });
    case "console":
      refuse("url", options, "console is standard output");
      refuse("file", options, "console is standard output");
      return consoleExporter({ write: (text) => io.stdout.write(text), color: wantsColor(io) });
    default:
      return null;
  }
}

function refuse(option: "file" | "url", options: DestinationOptions, why: string): void {
  if (options[option] !== undefined) throw new BadInput(`${why}, so --${option} says nothing`);
}

/** Said at once: an exporter would try for a while. */
function fileAt(file: string, { cwd }: Io): string {
  const path = resolve(cwd, file);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new BadInput(`${path} is a folder: --file names the file that ndjson is appended to`);
  return path;
}

function policyOf(route: Route | undefined): Omit<Route, "to"> {
  if (!route) return {};
  const { to: _, ...policy } = route;
  return policy;
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

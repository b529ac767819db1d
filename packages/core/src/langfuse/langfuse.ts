import process from "node:process";
import { checkedEncoding, type ContextMode } from "../otlp/encode/encoding.ts";
import { toldWholeUpTo } from "../otlp/encode/context-told.ts";
import type { Environment } from "../otlp/transport/environment.ts";
import { said } from "../pipeline/said.ts";
import type { ContentPolicy, SpanExporter } from "../pipeline/exporter.ts";
import { inForm } from "../pipeline/in-form.ts";
import { checkOptions } from "./checked-options.ts";
import { type LangfuseClient, projectOf } from "./client.ts";
import { encodeObservations } from "./encode/encode.ts";
import { observationsOf } from "./encode/observations.ts";
import { settingsIn } from "./environment.ts";
import { sendObservations } from "./legacy/send-observations.ts";
import { ingestibleBytes, spanLimits } from "./limits.ts";
import { sendTraces } from "./over-otlp.ts";
import { tracesPath } from "./paths.ts";
import { type Cost, pricesBy } from "./prices.ts";
import { langfuseScores } from "./scores/langfuse-scores.ts";
import { type Reach, serverOf } from "./server/langfuse-server.ts";
import { troubleWith } from "./server/trouble.ts";
import { labelled } from "./standing-labels.ts";
import type { Transport } from "./transports.ts";
import { waysTo } from "./ways.ts";

export interface LangfuseOptions extends Reach {
  /** Names its cursor and its report; that of its scores is the same with `-scores` behind it. Two projects need two. Default: `langfuse`. */
  readonly name?: string;
  /** Of the project. Else `LANGFUSE_PUBLIC_KEY` and `LANGFUSE_SECRET_KEY`. */
  readonly publicKey?: string;
  readonly secretKey?: string;
  /** Where Langfuse is. Else `LANGFUSE_BASE_URL`, `LANGFUSE_BASEURL` or `LANGFUSE_HOST`, else Langfuse Cloud in the EU. */
  readonly baseUrl?: string;
  /** The application's own client of the package `langfuse`, line 3: its keys and its address, and nothing else of it. */
  readonly client?: LangfuseClient;
  /** `auto` asks the server for its version. Default: `auto`. */
  readonly transport?: Transport;
  /** `none` sends what happened, and not what users, models and tools said, nor who the user was. Default: `full`. */
  readonly content?: ContentPolicy;
  /** How much of a model call's context goes out with it. Default: `auto`. */
  readonly contextMode?: ContextMode;
  /** What spans cost, as `pricesFrom(book)` says it; or `server`, to leave it to Langfuse. Default: by the price list of this package. */
  readonly cost?: Cost;
  /** Whose observations they are said to be. Of another scope than its own SDKs' Langfuse repeats all attributes in the metadata. Default: `langfuse-sdk.spoor`. */
  readonly scopeName?: string;
  /** Draws agents, tasks and steps of every framework as a graph, as Langfuse does with LangGraph's. Default: false. */
  readonly graph?: boolean;
  /** What is longer in one field is shortened, and says so; at least 256. Default: 2 MiB; by the ingestion API 1 MiB, and never more. */
  readonly maxFieldBytes?: number;
  /** For tests: in place of the process's. */
  readonly environment?: Environment;
}

/**
 * Finished spans as observations of Langfuse, and scores as they are given. Throws at once for keys that are missing, and for an address or a variable that
 * cannot be used; what fails later is the pipeline's.
 */
export function langfuse(options: LangfuseOptions = {}): SpanExporter {
  const given = said(options);
  const { name = "langfuse", content = "full", environment = process.env, contextMode } = given;
  const settings = settingsIn({ ...projectOf(given.client), ...given }, environment);
  checkOptions(given);
  const server = serverOf(settings, given);
  const ways = waysTo(server, given.transport ?? "auto");
  const prices = pricesBy(given.cost);
  checkedEncoding(contextMode === undefined ? {} : { contextMode });
  return {
    name,
    consumes: "spans",
    content,
    limits: spanLimits,
    destination: `${server.baseUrl}${tracesPath}`,
    wholeContextUpTo: toldWholeUpTo(contextMode),
    ...(settings.sample === null ? {} : { sample: settings.sample }),
    companion: langfuseScores(server, { ...settings, name: `${name}-scores`, content }),
    check: (signal) => troubleWith(server, ways, signal),
    async export(batch, { signal, content: reader }) {
      if (batch.length === 0) return;
      const spans = batch.map((span) => labelled(span, settings));
      try {
        const way = await ways.way(signal);
        const encoding = { ...given, content: reader, price: await prices() };
        if (way === "otlp") {
          const request = inForm("Langfuse", () => encodeObservations(spans, encoding));
          await sendTraces(request, server, signal);
        } else {
          const maxFieldBytes = Math.min(given.maxFieldBytes ?? ingestibleBytes, ingestibleBytes);
          const rows = inForm("Langfuse", () =>
            spans.map((span) => observationsOf(span, { ...encoding, maxFieldBytes })),
          );
          await sendObservations(rows, { server, ways }, signal);
        }
      } catch (error) {
        ways.forget();
        throw error;
      }
    },
  };
}

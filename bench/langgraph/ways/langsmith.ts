import type { MakeWay } from "../way.ts";
import { heardInBackground } from "./open-telemetry.ts";

interface Client {
  awaitPendingTraceBatches(): Promise<void>;
}
interface LangSmith {
  readonly Client: new (options: { readonly apiUrl: string; readonly apiKey: string }) => Client;
}
interface Tracers {
  readonly LangChainTracer: new (options: { readonly client: Client }) => object;
}

/** LangSmith's tracer, as LangChain brings it along. */
export const langSmith: MakeWay = async ({ load, origin }) => {
  const { Client } = (await load("langsmith")) as LangSmith;
  const { LangChainTracer } = (await load("@langchain/core/tracers/tracer_langchain")) as Tracers;
  const client = new Client({ apiUrl: origin, apiKey: "bench" });
  const tracer = new LangChainTracer({ client });
  return {
    callbacks: () => [tracer],
    async flush() {
      await heardInBackground(load);
      await client.awaitPendingTraceBatches();
    },
  };
};

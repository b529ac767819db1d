import type { MakeWay } from "../way.ts";
import { batchesTo, heardInBackground, registerProvider } from "./open-telemetry.ts";

interface OpenInference {
  readonly LangChainInstrumentation: new (options: { readonly tracerProvider: object }) => {
    manuallyInstrument(module: unknown): void;
  };
}

/** `@arizeai/openinference-instrumentation-langchain`: adds a tracer to every run by itself. */
export const openInference: MakeWay = async ({ load, origin }) => {
  const { LangChainInstrumentation } = (await load(
    "@arizeai/openinference-instrumentation-langchain",
  )) as OpenInference;
  const processor = await batchesTo(load, `${origin}/v1/traces`);
  const { provider, forceFlush } = await registerProvider(load, processor);
  const instrumentation = new LangChainInstrumentation({ tracerProvider: provider });
  instrumentation.manuallyInstrument(await load("@langchain/core/callbacks/manager"));
  return {
    callbacks: () => undefined,
    async flush() {
      await heardInBackground(load);
      await forceFlush();
    },
  };
};

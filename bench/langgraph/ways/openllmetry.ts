import type { MakeWay } from "../way.ts";
import { batchesTo, heardInBackground, registerProvider } from "./open-telemetry.ts";

interface OpenLlmetry {
  readonly LangChainInstrumentation: new () => {
    setTracerProvider(provider: unknown): void;
    manuallyInstrument(modules: { readonly callbackManagerModule: unknown }): void;
  };
}

/** `@traceloop/instrumentation-langchain`: adds a handler to every run by itself. */
export const openLlmetry: MakeWay = async ({ load, origin }) => {
  const { LangChainInstrumentation } = (await load(
    "@traceloop/instrumentation-langchain",
  )) as OpenLlmetry;
  const processor = await batchesTo(load, `${origin}/v1/traces`);
  const { provider, forceFlush } = await registerProvider(load, processor);
  const instrumentation = new LangChainInstrumentation();
  instrumentation.setTracerProvider(provider);
  const callbackManagerModule = await load("@langchain/core/callbacks/manager");
  instrumentation.manuallyInstrument({ callbackManagerModule });
  return {
    callbacks: () => undefined,
    async flush() {
      await heardInBackground(load);
      await forceFlush();
    },
  };
};

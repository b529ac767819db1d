import type { MakeWay } from "../way.ts";
import { heardInBackground, type Processor, registerProvider } from "./open-telemetry.ts";

interface LangfuseOtel {
  readonly LangfuseSpanProcessor: new (options: {
    readonly publicKey: string;
    readonly secretKey: string;
    readonly baseUrl: string;
  }) => Processor;
}

/** `@langfuse/langchain`: a span processor for the process, a handler for each request. */
export const langfuse: MakeWay = async ({ load, origin }) => {
  const { LangfuseSpanProcessor } = (await load("@langfuse/otel")) as LangfuseOtel;
  const { CallbackHandler } = (await load("@langfuse/langchain")) as {
    readonly CallbackHandler: new () => object;
  };
  const keys = { publicKey: "pk-lf-bench", secretKey: "sk-lf-bench" };
  const { forceFlush } = await registerProvider(
    load,
    new LangfuseSpanProcessor({ ...keys, baseUrl: origin }),
  );
  return {
    callbacks: () => [new CallbackHandler()],
    async flush() {
      await heardInBackground(load);
      await forceFlush();
    },
  };
};

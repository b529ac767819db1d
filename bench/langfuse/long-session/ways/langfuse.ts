import {
  heardInBackground,
  type Processor,
  registerProvider,
} from "../../../langgraph/ways/open-telemetry.ts";
import type { MakeWay } from "../way.ts";

interface LangfuseOtel {
  readonly LangfuseSpanProcessor: new (options: {
    readonly publicKey: string;
    readonly secretKey: string;
    readonly baseUrl: string;
  }) => Processor;
}

interface LangfuseLangChain {
  readonly CallbackHandler: new (options: { readonly sessionId: string }) => object;
}

/** `@langfuse/langchain`, over `@langfuse/otel` with its defaults. */
export const langfuse: MakeWay = async ({ load, langfuse: { url, publicKey, secretKey } }) => {
  const { LangfuseSpanProcessor } = (await load("@langfuse/otel")) as LangfuseOtel;
  const { CallbackHandler } = (await load("@langfuse/langchain")) as LangfuseLangChain;
  const processor = new LangfuseSpanProcessor({ publicKey, secretKey, baseUrl: url });
  await registerProvider(load, processor);
  return {
    callbacks: () => [new CallbackHandler({ sessionId: "long" })],
    async end() {
      await heardInBackground(load);
      await processor.shutdown();
    },
  };
};

import { join } from "node:path";
import { configFromEnvironment, createObserver } from "@spoor/core";
import { type Processor, registerProvider } from "../../langgraph/ways/open-telemetry.ts";
import { type MakeWay, operationName } from "./way.ts";

export type WayName = "Spoor" | "@langfuse/otel" | "langfuse";

export const ways: Readonly<Record<WayName, MakeWay>> = {
  Spoor: ({ langfuse, scratch }) => {
    const observer = createObserver({
      ...configFromEnvironment({
        LANGFUSE_PUBLIC_KEY: langfuse.publicKey,
        LANGFUSE_SECRET_KEY: langfuse.secretKey,
        LANGFUSE_BASE_URL: langfuse.url,
      }),
      journal: { dir: join(scratch, "journal") },
    });
    const turn = observer.session({ id: "bench" }).turn({ name: "agent" });
    return Promise.resolve({
      record: ({ input, output }) => turn.tool(operationName, { input }).end(output),
      async end() {
        turn.end();
        await observer.close({ timeoutMs: 30_000 });
      },
    });
  },
  "@langfuse/otel": async ({ load, langfuse: { url, publicKey, secretKey } }) => {
    const { LangfuseSpanProcessor } = (await load("@langfuse/otel")) as LangfuseOtel;
    const { startObservation } = (await load("@langfuse/tracing")) as LangfuseTracing;
    const processor = new LangfuseSpanProcessor({ publicKey, secretKey, baseUrl: url });
    await registerProvider(load, processor);
    const agent = startObservation("agent");
    return {
      record: (said) => agent.startObservation(operationName, said).end(),
      async end() {
        agent.end();
        await processor.shutdown();
      },
    };
  },
  langfuse: async ({ load, langfuse: { url, publicKey, secretKey } }) => {
    const { Langfuse } = (await load("langfuse")) as LangfuseThree;
    const client = new Langfuse({ publicKey, secretKey, baseUrl: url });
    const trace = client.trace({ name: "agent" });
    return {
      record: (said) => void trace.span({ name: operationName, ...said }).end(),
      end: () => client.shutdownAsync(),
    };
  },
};

interface LangfuseOtel {
  readonly LangfuseSpanProcessor: new (options: {
    readonly publicKey: string;
    readonly secretKey: string;
    readonly baseUrl: string;
  }) => Processor;
}

interface Observation {
  startObservation(name: string, said: object): Observation;
  end(): void;
}

interface LangfuseTracing {
  readonly startObservation: (name: string) => Observation;
}

interface LangfuseThree {
  readonly Langfuse: new (options: object) => {
    trace(said: object): { span(said: object): { end(): unknown } };
    shutdownAsync(): Promise<void>;
  };
}

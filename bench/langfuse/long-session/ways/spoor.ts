import { join } from "node:path";
import { configFromEnvironment, createObserver } from "@spoor/core";
import { otel } from "@spoor/core/otel";
import { spoorCallbacks } from "@spoor/langgraph";
import type { MakeWay } from "../way.ts";

/** To Langfuse and to a collector at once, with content in both. */
export const spoor: MakeWay = ({ langfuse, collector, scratch }) => {
  const { exporters = [] } = configFromEnvironment({
    LANGFUSE_PUBLIC_KEY: langfuse.publicKey,
    LANGFUSE_SECRET_KEY: langfuse.secretKey,
    LANGFUSE_BASE_URL: langfuse.url,
  });
  const observer = createObserver({
    journal: { dir: join(scratch, "journal") },
    exporters: [...exporters, otel({ url: collector, protocol: "http/json", content: "full" })],
  });
  const callbacks = [spoorCallbacks(observer)];
  return Promise.resolve({
    callbacks: () => callbacks,
    end: () => observer.close({ timeoutMs: 60_000 }),
  });
};

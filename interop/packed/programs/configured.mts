import "./given.mts";
import { strictEqual } from "node:assert";
import { createObserver, loadConfig } from "@spoor/core";

// The config that the README shows is found out by the runtime itself, and used.

const observer = createObserver(await loadConfig({ file: "readme-config.mts" }));
strictEqual(
  Object.keys(observer.health().exporters).join(" "),
  "ndjson langfuse langfuse-scores otel",
);
await observer.close();

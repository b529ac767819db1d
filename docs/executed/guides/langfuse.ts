import process from "node:process";
import { createObserver } from "@spoor/core";

process.env["LANGFUSE_PUBLIC_KEY"] = "pk-lf-1234567890";
process.env["LANGFUSE_SECRET_KEY"] = "sk-lf-1234567890";
process.env["LANGFUSE_BASE_URL"] ??= "http://127.0.0.1:9";

export { defineConfig, redactor } from "@spoor/core";
export { langfuse } from "@spoor/core/langfuse";
export { graph, input } from "../small-graph.ts";
export const observer = createObserver({ journal: "memory" });

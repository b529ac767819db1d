import type { Adapter } from "@spoor/core";
import { join } from "node:path";
import { describeAdapter } from "../adapter/describe-adapter.ts";
import { fromCore } from "./from-core.fixture.ts";

const { langfuseTraces } = await fromCore<{ readonly langfuseTraces: Adapter<unknown> }>(
  "langfuse/traces/index.ts",
);

describeAdapter(langfuseTraces, {
  fixtures: join(import.meta.dirname, "fixtures", "langfuse-import"),
});

import { library } from "../../tsdown.base.ts";

export default library([
  "src/index.ts",
  "src/schema/index.ts",
  "src/report/index.ts",
  "src/report/text/index.ts",
  "src/cost/index.ts",
  "src/audit/index.ts",
  "src/search/index.ts",
  "src/console/index.ts",
  "src/otel/index.ts",
  "src/langfuse/index.ts",
  "src/langfuse/traces/index.ts",
  "src/metrics/index.ts",
  "src/ndjson/index.ts",
]);

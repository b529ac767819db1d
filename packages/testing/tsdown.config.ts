import { library } from "../../tsdown.base.ts";

export default library([
  "src/index.ts",
  "src/backend/index.ts",
  "src/arbitraries/index.ts",
  "src/langfuse-server/index.ts",
  "src/witness/index.ts",
]);

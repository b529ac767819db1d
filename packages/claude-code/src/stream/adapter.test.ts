import { describeAdapter } from "@spoor/testing";
import { join } from "node:path";
import { claudeCode } from "./adapter.ts";
import { fieldsOf } from "../narrow.ts";
import { callUsage } from "../reduction/usage.ts";

describeAdapter(claudeCode, {
  fixtures: join(import.meta.dirname, "../fixtures"),
  truth: {
    usageIn: (line) => callUsage(fieldsOf(JSON.parse(line))["usage"]),
    // A call that was cut while it streamed, and a run without a result.
    uncountable: ["g8-stream-cut", "k2-interrupt", "t-abort"],
  },
});

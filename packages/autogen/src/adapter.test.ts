import { describeAdapter } from "@spoor/testing";
import { join } from "node:path";
import { autogen } from "./adapter.ts";
import { usageIn } from "./truth.fixture.ts";

describeAdapter(autogen, {
  fixtures: join(import.meta.dirname, "fixtures"),
  // A stream without usage, and a call that was cancelled after the server had answered it.
  truth: { usageIn, uncountable: ["a10-streaming.log", "t08b-cancel-mid-team.log"] },
});

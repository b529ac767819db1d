import { configFromEnvironment, createObserver } from "@spoor/core";
import { conversation } from "./langfuse-drafts.fixture.ts";

/** An application that knows of Langfuse by its variables alone: records a conversation, or all but the end of one, says so, says when all that has ended is sent, and works on. */
const [dir = "", url = "", key = "", how = "whole"] = process.argv.slice(2);
const observer = createObserver({
  ...configFromEnvironment({
    LANGFUSE_PUBLIC_KEY: "pk-lf-1234567890",
    LANGFUSE_SECRET_KEY: key,
    LANGFUSE_BASE_URL: url,
  }),
  journal: { dir },
  settleMs: 0,
});
const drafts = conversation(40);
for (const draft of how === "whole" ? drafts : drafts.slice(0, -1)) observer.emit(draft);
process.stdout.write("recorded\n");
await observer.flush({ timeoutMs: 60_000 });
process.stdout.write("sent\n");
setInterval(() => {}, 1_000);

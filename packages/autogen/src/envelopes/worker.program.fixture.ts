import process from "node:process";
import { createObserver } from "@spoor/core";
import { observeEnvelopes } from "./observe-envelopes.ts";

/** A worker with a process of its own: messages come and go over its channel. The second argument says whether it hangs. */
const [dir = "", behaviour = ""] = process.argv.slice(2);
const observer = createObserver({ journal: { dir }, flushOnExit: false });
const envelopes = observeEnvelopes(observer);

process.on("message", (delivered) => {
  void envelopes.handle("worker", delivered, async (envelope) => {
    if (behaviour === "hangs") {
      process.send?.("began");
      await new Promise(() => {});
    }
    envelopes.respond(envelope, { messageId: "answer", payload: "done" }, (answer) =>
      process.send?.(answer),
    );
  });
});
process.on("disconnect", () => void observer.close());
process.send?.("ready");

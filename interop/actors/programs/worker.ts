import { type ActorEnvelope, observeEnvelopes } from "@spoor/autogen";
import { createObserver } from "@spoor/core";
import { clientOf } from "../clients/client-of.ts";
import { Refusal } from "../clients/client.ts";
import { farewell } from "./farewell.ts";
import type { Task, WorkerJob } from "./job.ts";
import { given, say, toldToStop } from "./talking.ts";

/** Handles messages as an agent, as their payload asks, until it is told to stop. */
const { broker, address, channel, relation, agent, forwardTo, hangs } = given as WorkerJob;
const observer = createObserver();
const envelopes = observeEnvelopes(observer, { relation });
const client = clientOf(broker);
const queue = await client.connect(address, channel);
const next = forwardTo && (await client.connect(address, forwardTo));
const failedOnce = new Set<string>();

async function work(envelope: ActorEnvelope): Promise<string> {
  const { messageId, payload } = envelope;
  const { traceId = "", spanId = "" } = envelopes.currentSpan() ?? {};
  const { task } = payload as { readonly task: Task };
  say({ says: "began", messageId, traceId, spanId });
  if (hangs) await new Promise(() => {});
  if (task === "fail") throw new TypeError("cannot be worked on");
  if (task === "fail once" && !failedOnce.has(messageId)) {
    failedOnce.add(messageId);
    throw new TypeError("not yet");
  }
  if (task === "refuse") {
    envelopes.rejected(envelope, "nothing that an agent could do");
    throw new Refusal("nothing that an agent could do");
  }
  if (task === "forward" && next && forwardTo) {
    const part = { messageId: `${messageId} part`, topic: forwardTo.name, messageType: "Part" };
    await envelopes.publish({ ...part, payload: { task: "work" } }, (sent) => next.send(sent));
  }
  say({ says: "handled", messageId, traceId, spanId });
  return "done";
}

await queue.receive(agent, async ({ body, options }) => {
  await envelopes.handle(agent, body, work, options);
});
say({ says: "ready" });
await toldToStop();
await Promise.all([queue.close(), next?.close()]);
await farewell(observer, envelopes);

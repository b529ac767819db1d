import { observeEnvelopes } from "@spoor/autogen";
import { createObserver } from "@spoor/core";
import { clientOf } from "../clients/client-of.ts";
import { farewell } from "./farewell.ts";
import type { ProducerJob, Task } from "./job.ts";
import { given, say } from "./talking.ts";

/** Sends messages without a cause, some hundred at a time, and ends. */
const { broker, address, channel, count, conversations, ...what } = given as ProducerJob;
const observer = createObserver();
const envelopes = observeEnvelopes(observer);
const queue = await clientOf(broker).connect(address, channel);
const atOnce = 200;

function taskOf(number: number): Task {
  const { task, failEvery } = what;
  return failEvery !== undefined && number % failEvery === 0 ? "fail once" : task;
}

async function send(number: number): Promise<void> {
  const message = {
    messageId: `m${number}`,
    conversationId: `c${number % conversations}`,
    topic: channel.name,
    messageType: "Task",
    payload: { task: taskOf(number) },
  };
  await envelopes.publish(message, async (envelope) => {
    const { traceparent } = envelope.headers;
    await queue.send(envelope);
    if (count === 1)
      say({ says: "sent", messageId: envelope.messageId, traceparent: String(traceparent) });
  });
}

for (let begun = 0; begun < count; begun += atOnce)
  await Promise.all(
    Array.from({ length: Math.min(atOnce, count - begun) }, (_, place) => send(begun + place)),
  );
await queue.close();
await farewell(observer, envelopes);

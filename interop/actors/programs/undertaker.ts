import { observeEnvelopes } from "@spoor/autogen";
import { createObserver } from "@spoor/core";
import { clientOf } from "../clients/client-of.ts";
import { farewell } from "./farewell.ts";
import type { Job } from "./job.ts";
import { given, say, toldToStop } from "./talking.ts";

/** Says of each message that was given up that it was, until it is told to stop. */
const { broker, address, channel } = given as Job;
const observer = createObserver();
const envelopes = observeEnvelopes(observer);
const queue = await clientOf(broker).connect(address, channel);

await queue.mourn(({ delivery, reason }) => {
  envelopes.deadLettered(delivery.body, reason, delivery.options);
  say({ says: "buried", reason });
});
say({ says: "ready" });
await toldToStop();
await queue.close();
await farewell(observer, envelopes);

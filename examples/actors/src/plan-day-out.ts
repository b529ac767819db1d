import { randomUUID } from "node:crypto";
import { observeEnvelopes, readEnvelope } from "@spoor/autogen";
import type { Observer } from "@spoor/core";
import type { ActorName } from "./actors/team.ts";
import type { Bus } from "./bus/bus.ts";
import type { Say } from "./say.ts";

/** An actor that runs somewhere. */
export interface Running {
  /** Resolves when it waits for somebody who does not answer. */
  readonly stuck: Promise<void>;
  /** At once, and without a word to anybody. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface Stage {
  readonly observer: Observer;
  readonly bus: Bus;
  readonly start: (name: ActorName, museum: "open" | "silent") => Promise<Running>;
  readonly say: Say;
}

const goal = "A day in Utrecht on Saturday, by train, with the railway museum.";

/** Somebody wants a plan and gets it, though a worker is killed in the middle of its task. */
export async function planDayOut(
  conversationId: string,
  { observer, bus, start, say }: Stage,
): Promise<void> {
  const envelopes = observeEnvelopes(observer); // spoor
  const others = [start("planner", "open"), start("trains", "open"), start("reviewer", "open")];
  const running = await Promise.all([start("sights", "silent"), ...others]);
  const [unlucky] = running;

  const answered = Promise.withResolvers<unknown>();
  await bus.take("you", async ({ message }) => answered.resolve(message));
  const asked = {
    conversationId,
    messageType: "Goal",
    sender: "you",
    recipient: "planner",
    payload: goal,
  };
  say("you", goal);
  // spoor
  const answer = envelopes.request(asked, async (envelope) => {
    await bus.put("planner", envelope);
    return answered.promise;
  });

  await unlucky.stuck;
  await unlucky.kill();
  say("(…)", "the museum does not answer; the process of sights was killed, and a new one starts");
  const successor = await start("sights", "open");
  const { payload } = readEnvelope(await answer, randomUUID);
  say("planner", String(payload));
  await Promise.all([successor, ...running].map((actor) => actor.stop()));
}

import { randomUUID } from "node:crypto";
import { type ActorEnvelope, readEnvelope } from "@spoor/autogen";
import { scriptedModel } from "../model.ts";
import { type Actor, post } from "./actor.ts";
import type { Draft } from "./worker.ts";

const sender = "reviewer";
const instructions =
  "You read drafts side by side. Say whether they fit, and make one plan of them.";
const script = (): string => "They fit: 08:46 there, the museum from 10:00 to 17:00, 18:18 back.";

/** The drafts of one goal that are there so far. */
interface Pile {
  readonly drafts: Map<string, ActorEnvelope>;
  readonly reviewed: PromiseWithResolvers<void>;
}

/** Reads the drafts of a goal once all of them are there: several messages, one piece of work. */
export const reviewer: Actor = async (surroundings) => {
  const { bus, envelopes, say } = surroundings;
  const think = scriptedModel(envelopes, instructions, script);
  const piles = new Map<string | undefined, Pile>();

  const review = async (drafts: readonly ActorEnvelope[]): Promise<void> => {
    const texts = drafts.map(({ payload }) => (payload as Draft).text);
    const verdict = await think([{ role: "user", content: texts.join("\n") }]);
    say(sender, verdict);
    const letter = { sender, recipient: "planner", messageType: "Review", payload: verdict };
    await post(surroundings, letter);
  };

  await bus.take(sender, ({ message }) => {
    const draft = readEnvelope(message, randomUUID);
    const { conversationId, messageId } = draft;
    const pile = piles.get(conversationId) ?? newPile();
    piles.set(conversationId, pile);
    pile.drafts.set(messageId, draft);
    if (pile.drafts.size === (draft.payload as Draft).of) {
      piles.delete(conversationId);
      const done = envelopes.handleAll(sender, [...pile.drafts.values()], review); // spoor
      pile.reviewed.resolve(done);
    }
    return pile.reviewed.promise;
  });
};

const newPile = (): Pile => ({ drafts: new Map(), reviewed: Promise.withResolvers() });

import type { ActorEnvelope } from "@spoor/autogen";
import { scriptedModel } from "../model.ts";
import { type Actor, listen, post } from "./actor.ts";

/** One part of a goal. */
export interface Task {
  readonly text: string;
  /** How many parts the goal has. */
  readonly of: number;
}

const sender = "planner";
const instructions = "You plan days out. Give each worker one task; answer in JSON.";
const script = (): string =>
  JSON.stringify({
    trains: "Find a train from Zwolle to Utrecht that arrives before ten, and one back after six.",
    sights: "Find out when the railway museum is open on Saturday.",
  });

/** Parts a goal into tasks, and answers when these are done and reviewed. */
export const planner: Actor = async (surroundings) => {
  const { bus, envelopes, say } = surroundings;
  const think = scriptedModel(envelopes, instructions, script);
  const goals = new Map<string | undefined, ActorEnvelope>();

  const begin = async (goal: ActorEnvelope): Promise<void> => {
    goals.set(goal.conversationId, goal);
    const plan = await think([{ role: "user", content: String(goal.payload) }]);
    const tasks = Object.entries<string>(JSON.parse(plan));
    say(sender, `a task each for ${tasks.map(([worker]) => worker).join(" and ")}`);
    for (const [recipient, text] of tasks) {
      const payload: Task = { text, of: tasks.length };
      await post(surroundings, { sender, recipient, messageType: "Task", payload });
    }
  };

  const finish = async ({ conversationId, payload }: ActorEnvelope): Promise<void> => {
    const goal = goals.get(conversationId);
    goals.delete(conversationId);
    const answer = { sender, messageType: "Plan", payload };
    await envelopes.respond(goal, answer, (envelope) => bus.put(String(goal?.sender), envelope)); // spoor
  };

  await listen(surroundings, sender, (message) =>
    message.messageType === "Goal" ? begin(message) : finish(message),
  );
};

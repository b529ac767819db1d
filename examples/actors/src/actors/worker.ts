import { wrapTool } from "@spoor/autogen";
import { type Message, type Script, scriptedModel } from "../model.ts";
import { type Actor, listen, post } from "./actor.ts";
import type { Task } from "./planner.ts";

export interface Trade {
  readonly name: string;
  readonly instructions: string;
  readonly script: Script;
  readonly tool: { readonly name: string; readonly ask: (question: string) => Promise<string> };
}

/** What a worker found out. */
export interface Draft {
  readonly text: string;
  /** How many drafts belong together. */
  readonly of: number;
}

/** Does one kind of task: asks its tool what its model wants to know, and gives what came of it to the reviewer. */
export const worker =
  ({ name, instructions, script, tool }: Trade): Actor =>
  async (surroundings) => {
    const { envelopes, say } = surroundings;
    const think = scriptedModel(envelopes, instructions, script);
    const ask = wrapTool(envelopes, tool.name, tool.ask); // spoor

    await listen(surroundings, name, async ({ payload }) => {
      const { text: task, of } = payload as Task;
      const messages: Message[] = [{ role: "user", content: task }];
      const question = await think(messages);
      say(name, question);
      const found = await ask(question);
      const said: Message[] = [
        ...messages,
        { role: "assistant", content: question },
        { role: "tool", content: found },
      ];
      const draft: Draft = { text: await think(said), of };
      say(name, draft.text);
      const letter = { sender: name, recipient: "reviewer", messageType: "Draft", payload: draft };
      await post(surroundings, letter);
    });
  };

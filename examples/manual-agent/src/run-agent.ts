import type { Observer, Scope } from "@spoor/core";
import { type Pending, runTools, work } from "./agent.ts";
import type { Message } from "./message.ts";
import type { Pause } from "./pause.ts";
import { createDoctor } from "./team.ts";

const requests = [
  {
    name: "find the cause",
    content: "The nightly build of the shop is red, and by day it is green for all of us. Why?",
  },
  { name: "fix it", content: "Then fix it, please." },
  { name: "sum up", content: "Two sentences for the stand-up?" },
];

export interface Conversation {
  /** As the application names it. */
  readonly id: string;
  readonly pause: Pause;
  /** Hears what is said. */
  readonly say: (who: string, text: string) => void;
}

/** Ada and the build doctor: a session of three turns, one of which waits for her word before it goes on. */
export async function runAgent(
  observer: Observer,
  { id, pause, say }: Conversation,
): Promise<void> {
  const about = { userId: "ada@example.com", feature: "build-doctor", tags: ["nightly"] };
  const session = observer.session({ id, ...about }); // spoor
  const doctor = createDoctor(pause);
  const messages: Message[] = [];

  for (const { name, content } of requests) {
    say("Ada", content);
    messages.push({ role: "user", content });
    const asked = { name, agent: doctor.name, input: content };
    let answer = await session.turn(asked, (turn) => work(doctor, messages, turn)); // spoor
    while (typeof answer !== "string") {
      const { wait, reply } = answer;
      await pause(200);
      say(doctor.name, reply.content);
      const word = await adaAgrees(pause);
      say("Ada", word);
      const resumed = { ...asked, input: word, resumes: wait };
      const goOn = async (turn: Scope): Promise<string | Pending> => {
        turn.note("interrupt.resolved", { wait, answer: word }); // spoor
        await runTools(doctor, reply, messages, turn);
        return work(doctor, messages, turn);
      };
      answer = await session.turn(resumed, goOn); // spoor
    }
    await pause(200);
    say(doctor.name, answer);
    await pause(400);
  }
}

/** She reads the question and thinks about it. */
async function adaAgrees(pause: Pause): Promise<string> {
  await pause(1_000);
  return "Yes, go ahead.";
}

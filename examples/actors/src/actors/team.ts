import type { Actor } from "./actor.ts";
import { planner } from "./planner.ts";
import { reviewer } from "./reviewer.ts";
import { worker } from "./worker.ts";

/** What there is to know about a made-up Saturday. */
const timetable = "08:46 Zwolle, 09:42 Utrecht Centraal; 18:18 Utrecht Centraal, 19:13 Zwolle";

/** Somebody outside, who may take their time. */
export type Museum = (question: string) => Promise<string>;

export const openMuseum: Museum = async () => "Saturday 10:00 to 17:00";

const trains = worker({
  name: "trains",
  instructions: "You know the timetable.",
  script: ({ length }) =>
    length === 1
      ? "Zwolle to Utrecht Centraal and back, Saturday?"
      : "There at 08:46, in Utrecht at 09:42; back at 18:18.",
  tool: { name: "timetable", ask: async () => timetable },
});

const sights = (museum: Museum): Actor =>
  worker({
    name: "sights",
    instructions: "You know whom to ask about what there is to see.",
    script: ({ length }) =>
      length === 1
        ? "When are you open on Saturday?"
        : "The railway museum is open from 10:00 to 17:00.",
    tool: { name: "ask_museum", ask: museum },
  });

export type ActorName = "planner" | "trains" | "sights" | "reviewer";

/** Each takes from the mailbox of its name. */
export const team = (museum: Museum): Readonly<Record<ActorName, Actor>> => ({
  planner,
  trains,
  sights: sights(museum),
  reviewer,
});

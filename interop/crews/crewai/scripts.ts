import type { Answer, Script } from "./model-server.ts";
import { plantedKeys } from "./recorded-run.ts";

const asks = (name: string, args: object): Answer => ({ calls: [{ name, args }] });

const harbour: Script = {
  Researcher: [asks("lookup", { port: "Lisbon" }), { text: "12.5" }],
  Writer: [{ text: `the fee is 12.5, and ${plantedKeys.model} is a key` }],
};

export type Program =
  | "sequential"
  | "hierarchical"
  | "failing_tool"
  | "guardrail"
  | "flow"
  | "two_at_once"
  | "interrupted";

/** What the models say in each program of `programs/crews.py`. */
export const scripts: Readonly<Record<Program, Script>> = {
  sequential: harbour,
  hierarchical: {
    "Crew Manager": [
      asks("delegate_work_to_coworker", {
        task: "find the fee",
        context: "none",
        coworker: "Researcher",
      }),
      { text: "the fees are 12.5" },
    ],
    Researcher: [{ text: "12.5" }],
  },
  failing_tool: {
    Researcher: [asks("failing", { port: "Riga" }), { text: "nobody knows" }],
  },
  guardrail: { Writer: [{ text: "this is much too long" }, { text: "short" }] },
  flow: harbour,
  two_at_once: {
    Left: [{ text: "left", afterMs: 200 }],
    Right: [{ text: "right", afterMs: 100 }],
  },
  interrupted: { Researcher: [asks("waiting", { port: "Nice" }), { text: "never asked" }] },
};

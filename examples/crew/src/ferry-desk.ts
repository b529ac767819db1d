import type { Agent, Crew, Task, Verdict } from "./crew.ts";
import { scriptedModel } from "./scripted-model.ts";
import { analystSays, editorSays, researcherSays, writerSays } from "./script.ts";

const editor: Agent = {
  role: "editor",
  goal: "Give every task to whoever does it best, and stand by what comes out.",
  modelName: "scripted-large",
  model: scriptedModel(editorSays),
  tools: {},
};

const researcher: Agent = {
  role: "researcher",
  goal: "Find out how things are.",
  modelName: "scripted-small",
  model: scriptedModel(researcherSays),
  tools: {
    search: async () => "12 km, 14 crossings a day, 900 passengers (harbour office, yearbook)",
  },
};

const analyst: Agent = {
  role: "analyst",
  goal: "Put a price on it.",
  modelName: "scripted-small",
  model: scriptedModel(analystSays),
  tools: {
    price_list: async () => "marine battery: 480 EUR a kWh",
    multiply: async (input) => String(product(input)),
  },
};

const writer: Agent = {
  role: "writer",
  goal: "Say it so that everybody reads on.",
  modelName: "scripted-small",
  model: scriptedModel(writerSays),
  tools: {},
};

const facts: Task = {
  name: "ferry facts",
  description: "What does the island ferry do in a day?",
  expected: "distance, crossings and passengers, each with its source",
  guardrail: { name: "names its sources", check: namesSources },
};

const costs: Task = {
  name: "battery costs",
  description: "What does a battery of 1,800 kWh cost?",
  expected: "one sum in EUR",
};

const article: Task = {
  name: "article",
  description: "May the island ferry go electric?",
  expected: "two sentences without jargon",
};

const summary: Task = {
  name: "summary",
  description: "Sum it up for the front page.",
  expected: "ten words",
  needless: (outputs) => (outputs.join(" ").length < 1_000 ? "it is short enough as it is" : null),
};

/** Finds out whether a ferry may go electric: two things at once, and then an article. */
export const ferryDesk: Crew = {
  name: "ferry desk",
  manager: editor,
  workers: [researcher, analyst, writer],
  stages: [[facts, costs], [article], [summary]],
};

function namesSources(output: string): Verdict {
  return output.includes("(")
    ? { passed: true }
    : { passed: false, feedback: "each figure needs its source, in brackets" };
}

const product = (input: string): number =>
  input.split("*").reduce((result, factor) => result * Number(factor), 1);

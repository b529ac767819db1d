import type { Call, Message, Reply } from "./scripted-model.ts";

type Script = (messages: readonly Message[]) => Reply;

const begins = (messages: readonly Message[]): string => messages[0]?.content ?? "";
const heard = (messages: readonly Message[]): readonly string[] =>
  messages.filter(({ role }) => role === "tool").map(({ content }) => content);

/** Whom the editor asks, and what for. */
const assignments: readonly (readonly [about: string, who: string, expected: string])[] = [
  ["ferry do in a day", "researcher", "the figures"],
  ["battery", "analyst", "the sum"],
  ["electric", "writer", "the text"],
];

export const editorSays: Script = (messages) => {
  const [answer] = heard(messages);
  if (answer !== undefined) return { says: answer };
  const task = begins(messages);
  const [, who = "writer", expected = ""] =
    assignments.find(([about]) => task.includes(about)) ?? [];
  return { says: `This is for the ${who}.`, call: { name: who, input: task, expected } };
};

/** Has to be told that sources are wanted, as researchers have. */
export const researcherSays: Script = (messages) => {
  const [found] = heard(messages);
  if (found === undefined) return { says: "I look it up.", call: asks("search", "island ferry") };
  return begins(messages).includes("source")
    ? { says: found }
    : { says: "12 km, 14 crossings a day, 900 passengers." };
};

export const analystSays: Script = (messages) => {
  const [price, sum] = heard(messages);
  if (price === undefined) return { says: "What is a kWh?", call: asks("price_list", "battery") };
  if (sum === undefined) return { says: "Times 1,800.", call: asks("multiply", "480*1800") };
  return { says: `${sum} EUR` };
};

export const writerSays: Script = () => ({
  says: "Fourteen times a day the ferry crosses twelve kilometres. A battery for that costs 864,000 euros, once.",
});

const asks = (name: string, input: string): Call => ({ name, input });

import { tokenBounds } from "./convention-instruments.ts";
import { counter, highest, histogram, type Instrument } from "./instrument.ts";

/** Six to a decade, so that what is read between two of them is never far off; written out as people would. */
const sixToADecade = (from: number, decades: number): readonly number[] =>
  Array.from({ length: decades }, (_, decade) =>
    [1, 1.5, 2, 3, 5, 7].map((step) => Number(`${step}e${from + decade}`)),
  ).flat();

const turnSeconds = [...sixToADecade(-1, 4), 1_000, 3_600];
const sessionSeconds = [1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400, 604_800];
const dollars = [...sixToADecade(-4, 6), 100];

export const turnDuration: Instrument = histogram("spoor.turn.duration", turnSeconds, {
  unit: "s",
  description: "How long a turn took, each stretch between two suspensions for itself.",
});

export const longestTurn: Instrument = highest("spoor.turn.longest", {
  unit: "s",
  description: "How long the longest turn of the last while took.",
});

export const turnTokens: Instrument = histogram("spoor.turn.tokens", tokenBounds, {
  unit: "{token}",
  description: "Tokens of all model calls of a turn, and what only the framework's totals show.",
});

export const turnCost: Instrument = histogram("spoor.turn.cost_usd", dollars, {
  unit: "{USD}",
  description: "What a turn cost, where the price of all of it is known.",
});

export const sessionDuration: Instrument = histogram("spoor.session.duration", sessionSeconds, {
  unit: "s",
  description: "How long a session has lasted, told at the end of each of its turns.",
});

export const sessionCost: Instrument = histogram("spoor.session.cost_usd", dollars, {
  unit: "{USD}",
  description: "What a session has come to, told at the end of each of its turns.",
});

export const dearestSession: Instrument = highest("spoor.session.dearest_usd", {
  unit: "{USD}",
  description: "What the dearest session with a turn in the last while has come to.",
});

export const modelCalls: Instrument = counter("spoor.model.calls", {
  unit: "{call}",
  description: "Calls to models.",
});

export const toolCalls: Instrument = counter("spoor.tool.calls", {
  unit: "{call}",
  description: "Tool calls.",
});

export const cost: Instrument = counter("spoor.cost.usd", {
  unit: "{USD}",
  description: "What was spent, by the prices of the day, as far as they are known.",
});

export const unpriced: Instrument = counter("spoor.cost.unpriced", {
  unit: "{amount}",
  description: "Amounts that nobody has a price of, or that were not counted.",
});

export const reportedCost: Instrument = counter("spoor.cost.reported_usd", {
  unit: "{USD}",
  description: "What the framework says was spent.",
});

export const errors: Instrument = counter("spoor.errors", {
  unit: "{error}",
  description: "Errors, each where it happened and not where it was passed on.",
});

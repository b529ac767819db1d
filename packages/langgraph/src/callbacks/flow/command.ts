import { isRecord } from "@spoor/core";
import { listOf, memberOf, readOr, textOf } from "../reading.ts";

/** LangGraph's own objects carry `lg_name`; a recording marks them with a dollar sign. */
const isLangGraph = (value: unknown, name: string): boolean => memberOf(value, "lg_name") === name;

export function isCommand(value: unknown): boolean {
  return isLangGraph(value, "Command") || memberOf(value, "$command") === true;
}

/** The node that a `Send` is for; undefined for anything else. */
export function sentTo(value: unknown): string | undefined {
  return textOf(memberOf(value, isLangGraph(value, "Send") ? "node" : "$send"));
}

/** A command without an answer goes somewhere or changes something, but resumes nothing; LangGraph takes null for none. */
export function resumesWith(inputs: unknown): { readonly answer: unknown } | undefined {
  const answer = isCommand(inputs) ? memberOf(inputs, "resume") : undefined;
  return answer === undefined || answer === null ? undefined : { answer };
}

/** Null input asks LangGraph to go on from where the thread stands. */
export function goesOn(inputs: unknown): boolean {
  if (inputs === null) return true;
  return readOr(
    false,
    () => isRecord(inputs) && inputs["input"] === null && Object.keys(inputs).length === 1,
  );
}

/** The nodes that a command goes to. */
export function targetsOf(command: unknown): readonly string[] {
  return isCommand(command) ? (placesOf(memberOf(command, "goto")) ?? []) : [];
}

/** Where an output says to go next; undefined where it is not clearly a route. */
export function routeOf(output: unknown): string | readonly string[] | undefined {
  const said = insideOf(output);
  const places = placesOf(said);
  if (places === undefined || places.length === 0) return undefined;
  return readOr(false, () => Array.isArray(said)) ? places : places[0];
}

/** The nodes of its own graph that the commands in a node's output go to. */
export function commandedRouteOf(output: unknown): readonly string[] {
  return commandsIn(output)
    .filter((command) => !leavesGraph(command))
    .flatMap(targetsOf);
}

/** The nodes of another graph that the commands in an output go to. */
export function commandedHandoffsOf(output: unknown): readonly string[] {
  return commandsIn(output).filter(leavesGraph).flatMap(targetsOf);
}

function leavesGraph(command: unknown): boolean {
  return textOf(memberOf(command, "graph")) !== undefined;
}

function commandsIn(output: unknown): readonly unknown[] {
  const said = insideOf(output);
  return readOr([said], () => [said, ...listOf(said)]).filter(isCommand);
}

/** LangChain wraps what is no object. */
function insideOf(output: unknown): unknown {
  const isWrapped = readOr(false, () => isRecord(output) && "output" in output);
  return isWrapped ? memberOf(output, "output") : output;
}

function placesOf(value: unknown): readonly string[] | undefined {
  return readOr(undefined, () => {
    const places = (Array.isArray(value) ? value : [value]).map(placeOf);
    return places.every((place) => place !== undefined) ? places : undefined;
  });
}

function placeOf(value: unknown): string | undefined {
  const place = typeof value === "string" ? textOf(value) : sentTo(value);
  return place !== undefined && place.length <= 200 ? place : undefined;
}

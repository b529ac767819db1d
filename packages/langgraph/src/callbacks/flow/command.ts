import { isRecord } from "@spoor/core";
import { listOf, textOf } from "../reading.ts";

/** LangGraph's own objects carry `lg_name`; a recording marks them with a dollar sign. */
const isLangGraph = (value: unknown, name: string): boolean =>
  isRecord(value) && value["lg_name"] === name;

export function isCommand(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && (isLangGraph(value, "Command") || value["$command"] === true);
}

/** The node that a `Send` is for; undefined for anything else. */
export function sentTo(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  return isLangGraph(value, "Send") ? textOf(value["node"]) : textOf(value["$send"]);
}

/** A command without an answer goes somewhere or changes something, but resumes nothing. */
export function resumesWith(inputs: unknown): { readonly answer: unknown } | undefined {
  if (!isCommand(inputs) || inputs["resume"] === undefined) return undefined;
  return { answer: inputs["resume"] };
}

/** Null input asks LangGraph to go on from where the thread stands. */
export function goesOn(inputs: unknown): boolean {
  if (inputs === null) return true;
  return isRecord(inputs) && inputs["input"] === null && Object.keys(inputs).length === 1;
}

/** The nodes that a command goes to. */
export function targetsOf(command: unknown): readonly string[] {
  return isCommand(command) ? (placesOf(command["goto"]) ?? []) : [];
}

/** Where an output says to go next; undefined where it is not clearly a route. */
export function routeOf(output: unknown): string | readonly string[] | undefined {
  const said = isRecord(output) && "output" in output ? output["output"] : output;
  const places = placesOf(said);
  if (places === undefined || places.length === 0) return undefined;
  return Array.isArray(said) ? places : places[0];
}

/** The nodes that the commands in a node's output go to. */
export function commandedRouteOf(output: unknown): readonly string[] {
  const said = isRecord(output) && "output" in output ? output["output"] : output;
  return [said, ...listOf(said)].flatMap(targetsOf);
}

function placesOf(value: unknown): readonly string[] | undefined {
  const places = (Array.isArray(value) ? value : [value]).map(placeOf);
  return places.every((place) => place !== undefined) ? places : undefined;
}

function placeOf(value: unknown): string | undefined {
  const place = typeof value === "string" ? textOf(value) : sentTo(value);
  return place !== undefined && place.length <= 200 ? place : undefined;
}

import type { Span } from "../run-tree/span.ts";
import { names, ownNames } from "../otlp/encode/conventions.ts";
import { providerWord } from "../otlp/encode/provider.ts";

/** By name and value, in the order of their instrument. Never an id of a session, user, trace, span or answer. */
export type Labels = readonly (readonly [name: string, value: string])[];

/** Labels that no span attribute of ours has a name for. */
export const labelNames = {
  finishReason: "spoor.finish_reason",
  tokenModality: "gen_ai.token.modality",
  tokenType: "gen_ai.token.type",
} as const;

const longest = 100;

/** A label where it is known: what is unknown is absent. */
export function label(name: string, value: string | null): Labels {
  return value === null || value === "" ? [] : [[name, short(value)]];
}

/** Whose work it was, as far as that is said in few words. */
export function workLabels(span: Pick<Span, "agent" | "kind" | "name" | "labels">): Labels {
  const agent = span.agent ?? (span.kind === "agent" ? span.name : null);
  return [...label(names.agentName, agent), ...sessionLabels(span)];
}

/** Which model was called, and which answered. */
export function modelLabels({ provider, requestModel, model }: Span): Labels {
  return [
    ...label(names.providerName, providerWord(provider)),
    ...label(names.requestModel, requestModel),
    ...label(names.responseModel, model),
  ];
}

/** Of a session, whichever agents work in it. */
export function sessionLabels({ labels: { feature, environment } }: Pick<Span, "labels">): Labels {
  return [...label(ownNames.feature, feature), ...label(names.deploymentEnvironment, environment)];
}

/** A half surrogate pair would make all of it unreadable to a strict reader. */
const short = (value: string): string =>
  (value.length > longest ? `${value.slice(0, longest)}…` : value).toWellFormed();

import type { PageData } from "../../page-data.ts";
import type { Actions } from "../actions.ts";
import { element, span } from "../element.ts";
import {
  cachedText,
  countedText,
  countText,
  durationText,
  inputOf,
  msOf,
  timeText,
  tokensText,
} from "../figures.ts";
import { lineOf } from "../visible-text.ts";
import { costSource, costText, reportedText } from "./costs.ts";
import { statusWord } from "./marks-of-kind.ts";

/** Whose session it is, how it stands, what it used, and what of that nobody knows. */
export function headerOf(data: PageData, actions: Actions): readonly HTMLElement[] {
  const whole = element("button", { type: "button" }, lineOf(data.session.id, 200));
  whole.addEventListener("click", actions.selectSession);
  return [
    element("div", { class: "who" }, element("h1", {}, whole), ...factsOf(data)),
    element("dl", { class: "totals" }, ...totals(data)),
    element("p", { class: "unknowns" }, ...unknowns(data).map((text) => span("warning", text))),
  ];
}

function factsOf({ session }: PageData): readonly Node[] {
  const [start, end] = [msOf(session.startedAt), msOf(session.endedAt)];
  const labels: readonly (readonly [string, unknown])[] = [
    ["user", session.userId],
    ["feature", session.feature],
    ["environment", session.environment],
    ["release", session.release],
  ];
  const told = labels.flatMap(([name, value]) =>
    value === null
      ? []
      : [`${name} ${lineOf(typeof value === "string" ? value : JSON.stringify(value), 60)}`],
  );
  const facts = [
    lineOf(session.framework ?? "framework unknown", 60),
    ...(start === undefined ? [] : [timeText(start, true)]),
    ...(durationText(start, end) === "" ? [] : [durationText(start, end)]),
    ...told,
    ...session.tags.map((tag) => `#${lineOf(tag, 40)}`),
  ];
  return [...[statusWord(session.status) ?? []].flat(), ...facts.map((fact) => span("fact", fact))];
}

function totals({ session, turns }: PageData): readonly Node[] {
  const { usage, cost, errors, modelCalls, toolCalls } = session;
  const cached = cachedText(usage);
  const reported = reportedText(cost);
  const isGrowing = turns.some(({ usageGrowing }) => usageGrowing);
  const figures: readonly (readonly [string, string, string?])[] = [
    counted(turns.length, "turn"),
    counted(modelCalls, "model call"),
    counted(toolCalls, "tool call"),
    [...counted(errors, "error"), errors > 0 ? "error" : "none"],
    [
      cached === "" ? "tokens in" : `tokens in, ${cached} cached`,
      countedText(inputOf(usage), isGrowing),
    ],
    ["tokens out", countedText(usage.output, isGrowing)],
    [costSource(cost), costText(cost)],
    ...(reported === "" ? [] : [["as the framework reports it", reported] as const]),
  ];
  return figures.map(([name, figure, tone = ""]) =>
    element("div", {}, element("dt", {}, name), element("dd", { class: tone }, figure)),
  );
}

const counted = (count: number, noun: string): readonly [string, string] => [
  count === 1 ? noun : `${noun}s`,
  count.toLocaleString("en"),
];

/** What the figures do not cover. */
function unknowns({ session, leftOut }: PageData): readonly string[] {
  const { unattributed, cost, modelCalls } = session;
  const rest = [
    ...(unattributed && inputOf(unattributed) ? [`${tokensText(inputOf(unattributed))} in`] : []),
    ...(unattributed?.output ? [`${tokensText(unattributed.output)} out`] : []),
  ];
  return [
    ...(session.inferred ? ["its framework gave the session no id"] : []),
    ...(rest.length > 0 ? [`${rest.join(", ")} used by no call that was seen`] : []),
    ...(session.usageComplete
      ? []
      : ["tokens incomplete: something was used that nobody could count"]),
    ...(cost.unpriced > 0 && cost.usd !== null
      ? [`${countText(cost.unpriced, "call")} of ${modelCalls} without a price`]
      : []),
    ...(leftOut.turns > 0
      ? [
          `the spans of the first ${countText(leftOut.turns, "turn")} (${leftOut.spans}) did not fit on this page`,
        ]
      : []),
    ...(leftOut.texts > 0
      ? [
          `${countText(leftOut.texts, "text")} longer than ${tokensText(leftOut.longestText)} characters cut in the middle`,
        ]
      : []),
  ];
}

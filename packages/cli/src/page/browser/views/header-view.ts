import { lastedText, msOf, timeText } from "../figures.ts";
import {
  cachedText,
  countText,
  inputOf,
  tokensText,
  unattributedTexts,
} from "@spoor/core/report/text";
import type { PageData } from "../../page-data.ts";
import type { Actions } from "../actions.ts";
import { element, span } from "../element.ts";
import { lineOf } from "../visible-text.ts";
import { costSource, isNothing, paidText, reportedText, unpricedText } from "./costs.ts";
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
    ...(lastedText(start, end) === "" ? [] : [lastedText(start, end)]),
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
    ...(modelCalls === 0
      ? []
      : [
          [
            cached === "" ? "tokens in" : `tokens in, ${cached} cached`,
            tokensText(inputOf(usage), isGrowing),
          ] as const,
          ["tokens out", tokensText(usage.output, isGrowing)] as const,
        ]),
    ...(isNothing(cost)
      ? []
      : [[costSource(cost), paidText(cost, session.usageComplete)] as const]),
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
  const { unattributed, cost } = session;
  const rest = unattributedTexts(unattributed);
  return [
    ...(session.inferred ? ["its framework gave the session no id"] : []),
    ...(rest.length > 0 ? [`${rest.join(", ")} used by no call that was seen`] : []),
    ...(session.usageComplete
      ? []
      : ["tokens incomplete: something was used that nobody could count"]),
    ...(unpricedText(cost) !== "" && cost.usd !== null
      ? [`${unpricedText(cost)} without a price`]
      : []),
    ...leftOutTexts(leftOut).map((text) => `${text} did not fit on this page`),
    ...(leftOut.texts > 0
      ? [
          `${countText(leftOut.texts, "text")} longer than ${tokensText(leftOut.longestText)} characters cut in the middle`,
        ]
      : []),
  ];
}

function leftOutTexts({
  turns,
  spans,
  ofLastTurn,
  ofNoTurn,
}: PageData["leftOut"]): readonly string[] {
  const ofTurns = countText(spans - ofLastTurn - ofNoTurn, "span");
  return [
    ...(turns > 0 ? [`${ofTurns} of the first ${countText(turns, "turn")}`] : []),
    ...(ofLastTurn > 0 ? [`the first ${countText(ofLastTurn, "span")} of the last turn`] : []),
    ...(ofNoTurn > 0 ? [`the first ${countText(ofNoTurn, "span")} in no turn`] : []),
  ];
}

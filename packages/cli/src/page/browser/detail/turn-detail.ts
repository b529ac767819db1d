import { lastedText, timeText } from "../figures.ts";
import { countText } from "@spoor/core/report/text";
import type { PageData } from "../../page-data.ts";
import type { Actions } from "../actions.ts";
import { element, span } from "../element.ts";
import type { SessionModel } from "../model/session-model.ts";
import { paidFact, reportedText } from "../views/costs.ts";
import { statusWord } from "../views/marks-of-kind.ts";
import { contentSection } from "./content.ts";
import { factList } from "./facts.ts";
import { spanLink } from "./span-link.ts";
import { marksSection } from "./marks.ts";
import { usageTable } from "./usage-facts.ts";

/** A turn as a whole: what was asked and answered, and what that took. */
export function turnDetail(model: SessionModel, actions: Actions, index: number): readonly Node[] {
  const { data, textAt, activationsOf } = model;
  const turn = data.turns[index];
  if (!turn) return [];
  const activations = activationsOf(index).flatMap((place) => data.spans[place] ?? []);
  const failed = activations.find(({ error }) => error !== undefined)?.error;
  const [only] = activations.length === 1 ? activations : [];
  const sections = [
    failed ? failure(failed.type, model, failed.message) : null,
    factList([
      ["started", turn.start === undefined ? "" : timeText(turn.start, true)],
      ["took", lastedText(turn.start, turn.end)],
      ["cost", paidFact(turn.cost, !turn.usageGrowing)],
      ["reported cost", reportedText(turn.cost)],
      [
        "did",
        [countText(turn.modelCalls, "model call"), countText(turn.toolCalls, "tool call")].join(
          ", ",
        ),
      ],
      ["activations", turn.activations > 1 ? String(turn.activations) : ""],
      ["resumes", turn.continuation ? "a suspension that was not seen" : ""],
      ...turn.links.flatMap(({ kind, spanId }) => {
        const name = elsewhere[kind];
        if (name === null) return [];
        const place = data.spans.findIndex(({ id }) => id === spanId);
        return [[name, spanLink(model, actions, place) ?? spanId] as const];
      }),
      ["trace", span("identifier", turn.traceId)],
      ["span", span("identifier", turn.id)],
    ]),
    turn.modelCalls > 0 ? usageTable(turn.usage, turn.usageGrowing === true) : null,
    turn.unattributed
      ? section("Used by no call that was seen", usageTable(turn.unattributed, false))
      : null,
    missingSpans(data, index),
    contentSection("Input", textAt(turn.input)),
    contentSection("Output", textAt(turn.output)),
    marksSection(
      model,
      activations.flatMap(({ marks = [] }) => marks),
    ),
    contentSection("Native", textAt(only?.native)),
  ];
  return [
    element(
      "h2",
      {},
      `Turn ${index}`,
      statusWord(turn.status),
      span("kind", `of ${data.turns.length}`),
    ),
    ...sections.filter((part) => part !== null),
  ];
}

function missingSpans({ leftOut, turns }: PageData, index: number): HTMLElement | null {
  const ofThis = index === turns.length - 1 ? leftOut.ofLastTurn : 0;
  if (index >= leftOut.turns && ofThis === 0) return null;
  const what = ofThis === 0 ? "The spans" : `The first ${countText(ofThis, "span")}`;
  return element("p", { class: "warning" }, `${what} of this turn did not fit on this page.`);
}

/** What a turn is linked to outside of it; null: the turn before stands beside it, and what it resumes is in it. */
const elsewhere = {
  previous: null,
  resume: null,
  fork: "forked from",
  cause: "caused by",
} as const;

const section = (title: string, ...parts: readonly Node[]): HTMLElement =>
  element("section", {}, element("h3", {}, title), ...parts);

function failure(type: string, { textAt }: SessionModel, message: number | undefined): HTMLElement {
  const shown = contentSection(type, textAt(message)) ?? section(type);
  shown.classList.add("failure");
  return shown;
}

import { lastedText, timeText } from "../figures.ts";
import { costText, dollarsText } from "@spoor/core/report/text";
import type { PageSpan, Place } from "../../page-data.ts";
import type { Actions } from "../actions.ts";
import { element, span } from "../element.ts";
import type { SessionModel } from "../model/session-model.ts";
import { lineOf } from "../visible-text.ts";
import { kindSign, statusWord } from "../views/marks-of-kind.ts";
import { contentSection } from "./content.ts";
import { factList } from "./facts.ts";
import { marksSection } from "./marks.ts";
import { spanLink } from "./span-link.ts";
import { usageTable } from "./usage-facts.ts";

/** Everything that is known about a span. */
export function spanDetail(model: SessionModel, actions: Actions, place: Place): readonly Node[] {
  const told = model.data.spans[place];
  if (!told) return [];
  return [
    element(
      "h2",
      {},
      kindSign(told.kind),
      lineOf(told.name, 200) || told.kind,
      span("kind", told.kind),
      statusWord(told.status),
    ),
    ...spanBody(model, actions, place),
  ];
}

/** The same without its title. */
function spanBody(model: SessionModel, actions: Actions, place: Place): readonly Node[] {
  const told = model.data.spans[place];
  if (!told) return [];
  const { textAt } = model;
  const sections = [
    errorSection(model, told),
    factList(factsOf(model, actions, place, told)),
    told.usage ? usageTable(told.usage, told.usageGrowing === true) : null,
    contentSection("Input", textAt(told.input)),
    contentSection("Expected", textAt(told.expected)),
    contentSection("Output", textAt(told.output)),
    contentSection("Parameters", textAt(told.parameters)),
    marksSection(model, told.marks ?? []),
    contentSection("Native", textAt(told.native)),
  ];
  return sections.filter((section) => section !== null);
}

function errorSection({ textAt }: SessionModel, { error }: PageSpan): HTMLElement | null {
  if (!error) return null;
  const section = contentSection(lineOf(error.type, 200), textAt(error.message));
  const shown = section ?? element("section", {}, element("h3", {}, lineOf(error.type, 200)));
  shown.classList.add("failure");
  return shown;
}

const text = (value: string | undefined): string => (value === undefined ? "" : lineOf(value, 300));

function factsOf(
  model: SessionModel,
  actions: Actions,
  place: Place,
  told: PageSpan,
): readonly (readonly [string, string | Node | null])[] {
  const { start, end, inferred = [], cause } = told;
  const guessed = (field: "startedAt" | "endedAt"): string =>
    inferred.includes(field) ? " (inferred)" : "";
  const effects = model.effectsOf(place);
  return [
    ["started", start === undefined ? "" : timeText(start, true) + guessed("startedAt")],
    ["took", lastedText(start, end) + (end === undefined ? "" : guessed("endedAt"))],
    ["agent", text(told.agent)],
    ["model", text(told.model)],
    ["asked for", told.requestModel === told.model ? "" : text(told.requestModel)],
    ["provider", text(told.provider)],
    ["finished", text(told.finishReason)],
    ["attempt", told.attempt === undefined ? "" : String(told.attempt)],
    ["cost", costText({ usd: told.usd ?? null }, !told.usageGrowing)],
    ["reported cost", told.reportedUsd === undefined ? "" : dollarsText(told.reportedUsd)],
    [
      "caused by",
      typeof cause === "string"
        ? `${text(cause)}, not on this page`
        : spanLink(model, actions, cause),
    ],
    ["caused", effects.length === 0 ? null : effectLinks(model, actions, effects)],
    ["key", text(told.key)],
    ["span", span("identifier", told.id)],
  ];
}

const mostEffects = 12;

function effectLinks(
  model: SessionModel,
  actions: Actions,
  effects: readonly Place[],
): HTMLElement {
  const rest = effects.length - mostEffects;
  return element(
    "ul",
    { class: "links" },
    ...effects
      .slice(0, mostEffects)
      .map((effect) => element("li", {}, spanLink(model, actions, effect))),
    rest > 0 ? element("li", {}, `and ${rest} more`) : null,
  );
}

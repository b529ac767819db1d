import type { PageMark, Place } from "../../page-data.ts";
import type { SessionModel } from "../model/session-model.ts";
import { span } from "../element.ts";
import { excerptOf } from "../words.ts";
import { createList } from "./list.ts";
import type { Surroundings, View } from "./view.ts";

/** What a detector found, and the span that it says it of; null: of the session. */
export interface Finding {
  readonly mark: PageMark;
  readonly span: Place | null;
}

export function findingsIn({ data }: SessionModel): readonly Finding[] {
  return [
    ...data.marks.filter(isFinding).map((mark) => ({ mark, span: null })),
    ...data.spans.flatMap(({ marks = [] }, span) =>
      marks.filter(isFinding).map((mark) => ({ mark, span })),
    ),
  ];
}

const isFinding = ({ type }: PageMark): boolean => type === "finding.raised";

/** What detectors found. */
export function findingsView({ model, actions }: Surroundings): View {
  const findings = findingsIn(model);
  let selected: number | null = null;
  const list = createList({
    name: "findings",
    label: "Findings",
    kind: "listbox",
    rowHeight: 26,
    select(index) {
      selected = index;
      const place = findings[index]?.span ?? null;
      if (place !== null) actions.selectSpan(place);
      list.update(findings.length, selected, true);
    },
    draw(row, index) {
      const finding = findings[index];
      if (!finding) return;
      const turn = finding.span === null ? undefined : model.data.spans[finding.span]?.turn;
      row.replaceChildren(
        span("cell figure", turn === undefined ? "" : `turn ${turn}`),
        severityCell(fieldOf(model, finding.mark, "severity")),
        span("cell title", fieldOf(model, finding.mark, "code")),
        span("cell note", fieldOf(model, finding.mark, "detail")),
      );
    },
  });
  return {
    element: list.element,
    step: list.step,
    draw() {
      list.update(findings.length, selected, false);
    },
  };
}

/** The style sheet knows the words of the vocabulary; another one is only shown. */
const severityCell = (severity: string): HTMLElement =>
  span(
    `cell severity ${severity === "critical" || severity === "warning" ? severity : ""}`,
    severity,
  );

function fieldOf({ textAt }: SessionModel, { fields }: PageMark, name: string): string {
  return excerptOf(textAt(fields.find(([known]) => known === name)?.[1]));
}

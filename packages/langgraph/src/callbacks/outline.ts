import type { ClosingDraft, EventDraft, OpeningDraft } from "@spoor/core";

/** They tell of how a call went, not of where. */
const measurements: ReadonlySet<string> = new Set(["usage.reported", "output.began"]);

const isOpening = (draft: EventDraft): draft is OpeningDraft => "key" in draft && "name" in draft;
const isClosing = (draft: EventDraft): draft is ClosingDraft => "outcome" in draft;

/** Drafts as an indented tree of `kind:name [outcome]`, marks beside the span that they are on. Read by tests, and by people. */
export function outline(drafts: readonly EventDraft[]): string {
  const openings = drafts.filter(isOpening);
  const closings = new Map(drafts.filter(isClosing).map((draft) => [draft.key, draft]));
  const branch = (opening: OpeningDraft, depth: number): readonly string[] => [
    `${"  ".repeat(depth)}${titleOf(opening)} [${outcomeOf(closings.get(opening.key))}]${marksOn(opening.key, drafts)}`,
    ...openings
      .filter(({ parent }) => parent === opening.key)
      .flatMap((child) => branch(child, depth + 1)),
  ];
  const tops = openings.filter(
    ({ parent }) => parent === undefined || !openings.some(({ key }) => key === parent),
  );
  return tops.flatMap((opening) => branch(opening, 0)).join("\n");
}

function titleOf(opening: OpeningDraft): string {
  const kind = opening.type === "work.started" ? opening.kind : opening.type.split(".")[0];
  const resumes = opening.type === "turn.started" && opening.resumes !== undefined;
  const attempt = opening.attempt === undefined ? "" : ` #${opening.attempt}`;
  return `${kind}:${opening.name}${attempt}${resumes ? " (resumes)" : ""}`;
}

function outcomeOf(closing: ClosingDraft | undefined): string {
  if (closing === undefined) return "open";
  const { outcome } = closing;
  return outcome.status === "error" ? `error ${outcome.errorType}` : outcome.status;
}

function marksOn(key: string, drafts: readonly EventDraft[]): string {
  const marks = drafts.flatMap((draft) => ("on" in draft && draft.on === key ? [draft] : []));
  return marks
    .map((mark) => {
      if (mark.type === "decision.made") return ` → ${JSON.stringify(mark.choice)}`;
      if (mark.type === "handoff.made") return ` ⇒ ${mark.to}`;
      return measurements.has(mark.type) ? "" : ` + ${mark.type}`;
    })
    .join("");
}

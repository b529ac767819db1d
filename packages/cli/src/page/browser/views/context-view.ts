import { sizeText } from "../figures.ts";
import { countText } from "@spoor/core/report/text";
import { element, setAttributes, span } from "../element.ts";
import type { ContextRow } from "../model/context-rows.ts";
import type { ContextShown } from "../model/context-shown.ts";
import type { SessionModel } from "../model/session-model.ts";
import type { State } from "../state.ts";
import { lineOf } from "../visible-text.ts";
import { excerptOf } from "../words.ts";
import { emptyState } from "./empty-state.ts";
import { createList } from "./list.ts";
import type { Surroundings, View } from "./view.ts";

/** What the model was sent: all of it, or what changed since the turn before. */
export function contextView(
  { model, actions }: Surroundings,
  contextShown: (state: State) => ContextShown,
): View {
  let shown: ContextShown = {
    call: null,
    before: null,
    rows: [],
    reconstructed: null,
    absent: null,
  };
  const list = createList({
    name: "context",
    label: "What the model was sent",
    kind: "listbox",
    rowHeight: 26,
    select: (contextRow) => {
      actions.change({ contextRow });
    },
    draw(row, index) {
      const told = shown.rows[index];
      if (told) drawRow(model, told, row);
    },
  });
  const title = element("span", { class: "title" });
  const note = element("p", { class: "unknown" });
  const whole = choice("Whole", () => {
    actions.change({ compared: false, contextRow: null });
  });
  const changed = choice("Change", () => {
    actions.change({ compared: true, contextRow: null });
  });
  const empty = element("div");
  const bar = element(
    "div",
    { class: "toolbar" },
    title,
    element(
      "span",
      { class: "choices", role: "group", "aria-label": "How much of it" },
      whole,
      changed,
    ),
  );

  return {
    element: element("div", { class: "table" }, bar, note, list.element, empty),
    step: list.step,
    draw(state, before) {
      shown = contextShown(state);
      const { rows, absent, reconstructed } = shown;
      title.textContent = titleOf(model, shown);
      changed.textContent = beforeText(model, shown);
      note.textContent = reconstructed === null ? "" : reconstructedText(reconstructed);
      setAttributes(whole, { "aria-pressed": String(!state.compared) });
      setAttributes(changed, { "aria-pressed": String(state.compared) });
      bar.hidden = shown.call === null;
      list.element.hidden = absent !== null;
      empty.hidden = absent === null;
      if (absent !== null) empty.replaceChildren(emptyState("No context to show", absent));
      const isMoved =
        before?.contextRow !== state.contextRow || before?.selection !== state.selection;
      list.update(rows.length, state.contextRow, isMoved);
    },
  };
}

function beforeText({ data }: SessionModel, { call, before }: ContextShown): string {
  const now = data.spans[call ?? -1];
  const earlier = data.spans[before ?? -1];
  if (!earlier) return "Change";
  return earlier.turn === now?.turn ? "Since the call before" : `Since turn ${earlier.turn}`;
}

const reconstructedText = (unknown: readonly string[]): string =>
  `Put together from what was said, because nobody recorded the request. Not known: ${unknown.join(", ")}.`;

function choice(text: string, choose: () => void): HTMLButtonElement {
  const button = element("button", { type: "button", class: "choice" }, text);
  button.addEventListener("click", choose);
  return button;
}

function titleOf({ data, callsOf }: SessionModel, { call, rows }: ContextShown): string {
  if (call === null) return "";
  const { turn, name, model, agent } = data.spans[call] ?? {};
  const calls = turn === undefined ? [] : callsOf(turn);
  const isChange = rows.some((row) => row.kind === "kept" || row.change !== "none");
  const parts = rows.filter(({ kind }) => kind === "part").length;
  return [
    turn === undefined ? "" : `Turn ${turn}`,
    `call ${calls.indexOf(call) + 1} of ${calls.length}`,
    lineOf(model ?? name ?? "", 40),
    agent === undefined ? "" : `@${lineOf(agent, 30)}`,
    countText(parts, isChange ? "change" : "part"),
  ]
    .filter((part) => part !== "")
    .join(" \u00B7 ");
}

const signs = { none: "", cut: "\u2212", added: "+", replaced: "~" } as const;

function drawRow({ textAt }: SessionModel, row: ContextRow, target: HTMLElement): void {
  if (row.kind === "kept") {
    setAttributes(target, { class: "row kept" });
    target.replaceChildren(
      span("cell sign", ""),
      span("cell role", ""),
      span("cell note", `${countText(row.messages, "message")} as before`),
    );
    return;
  }
  const { part, change, role, turn } = row;
  const text = textAt(row.text);
  setAttributes(target, { class: `row ${change}` });
  target.replaceChildren(
    span("cell sign", signs[change]),
    span("cell role", lineOf(role, 40)),
    span("cell said", excerptOf(text)),
    span("cell figure", turn === undefined ? "" : `turn ${turn}`),
    span("cell figure", text ? sizeText(text.cutFrom ?? text.text.length) : ""),
    span("cell figure", typeof part === "string" ? "" : String(part)),
  );
}

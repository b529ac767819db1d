import { contextsOf } from "@spoor/core/report";
import { expect, test } from "vitest";
import type { ContextRow } from "./browser/model/context-rows.ts";
import { contextShownIn } from "./browser/model/context-shown.ts";
import { sessionModel } from "./browser/model/session-model.ts";
import type { State } from "./browser/state.ts";
import { pageDataOf } from "./data/page-data-of.ts";
import { longSession } from "./long-session.fixture.ts";
import { recordedSession } from "./recorded-session.fixture.ts";

const state: Omit<State, "selection"> = {
  view: "context",
  contextRow: null,
  compared: true,
  open: new Set(),
  query: "",
  found: [],
  axis: "time",
  helpShown: false,
};

const messagesOf = (rows: readonly ContextRow[]): readonly unknown[] =>
  rows.flatMap((row) => {
    if (row.kind === "kept") return [["kept", row.messages]];
    return typeof row.part === "number" ? [[row.change, row.part]] : [];
  });

test("what changed since the turn before is the same on the page as in the terminal, compactions included", () => {
  const { report, view, content } = recordedSession(longSession(60));
  const shown = contextShownIn(sessionModel(pageDataOf(report, view, content)));
  const contexts = contextsOf(view, content);
  for (const { index } of report.turns) {
    const { rows } = shown({ ...state, selection: { turn: index, span: null } });
    const { messages } = contexts.change({ turn: index }) ?? {};
    expect(messagesOf(rows)).toEqual(
      messages?.map((one) => {
        if (one.change === "kept") return ["kept", one.count];
        return [one.change, one.change === "replaced" ? one.after.index : one.message.index];
      }),
    );
  }
});

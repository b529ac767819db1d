import type { PageData } from "../page-data.ts";
import { allNodes, createActions } from "./actions.ts";
import { addressOf, readAddress } from "./address.ts";
import { detailView } from "./detail/detail-view.ts";
import { element } from "./element.ts";
import { listenToKeys } from "./keyboard.ts";
import { contextShownIn } from "./model/context-shown.ts";
import { searcher } from "./model/search.ts";
import { nodesAbove } from "./model/selection.ts";
import { sessionModel, type SessionModel } from "./model/session-model.ts";
import { nodeName } from "./model/tree-rows.ts";
import { pathView } from "./path/path-view.ts";
import type { State } from "./state.ts";
import { createStore } from "./store.ts";
import { usualAxis } from "./timeline/layout.ts";
import { timelineView } from "./timeline/timeline-view.ts";
import { columnClasses } from "./views/column-classes.ts";
import { contextView } from "./views/context-view.ts";
import { errorsView } from "./views/errors-view.ts";
import { findingsIn, findingsView } from "./views/findings-view.ts";
import { headerOf } from "./views/header-view.ts";
import { helpView } from "./views/help-view.ts";
import { outlineView } from "./views/outline-view.ts";
import { overviewView } from "./views/overview-view.ts";
import { searchView } from "./views/search-view.ts";
import { type Tab, tabs } from "./views/tabs.ts";
import { treeView } from "./views/tree-view.ts";
import { turnsView } from "./views/turns-view.ts";
import { lineOf } from "./visible-text.ts";

/** Puts the page of a session into an element, and keeps it up to date with what somebody does on it. */
export function startPage(data: PageData, root: HTMLElement): void {
  const model = sessionModel(data);
  const store = createStore(firstState(model));
  const actions = createActions(model, store, searcher(model));
  const surroundings = { model, actions };
  const contextShown = contextShownIn(model);
  const outline = outlineView(surroundings);
  const overview = overviewView(surroundings);
  const detail = detailView(surroundings, contextShown);
  const findings = findingsIn(model);
  const all: readonly Tab[] = [
    { name: "tree", title: "Tree", make: () => treeView(surroundings) },
    { name: "timeline", title: "Timeline", make: () => timelineView(surroundings) },
    { name: "path", title: "Path", make: () => pathView(surroundings) },
    { name: "turns", title: "Turns", make: () => turnsView(surroundings) },
    { name: "context", title: "Context", make: () => contextView(surroundings, contextShown) },
    {
      name: "errors",
      title: "Errors",
      count: errorCount(model),
      make: () => errorsView(surroundings),
    },
    ...(findings.length === 0
      ? []
      : [
          {
            name: "findings",
            title: "Findings",
            count: String(findings.length),
            make: () => findingsView(surroundings),
          } as const,
        ]),
  ];
  const view = tabs(all, actions);
  const focusView = (): void => {
    view.element.querySelector<HTMLElement>(".panel:not([hidden]) [tabindex='0']")?.focus();
  };
  const search = searchView(actions, focusView);
  const help = helpView(actions);
  const ask = element("button", { type: "button", class: "ask", "aria-label": "Keys" }, "?");
  ask.addEventListener("click", () => actions.change({ helpShown: true }));
  root.classList.add(...columnClasses(data));
  root.append(
    element(
      "header",
      {},
      ...headerOf(data, actions),
      overview?.element ?? null,
      element("div", { class: "controls" }, search.element, ask),
    ),
    element("nav", { "aria-label": "Turns" }, outline.element),
    view.element,
    detail.element,
    help.element,
  );
  document.title = `${lineOf(data.session.id, 60)} \u00B7 spoor`;
  let waiting = 0;
  const keepAddress = (state: State): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      history.replaceState(null, "", addressOf(model, state));
    }, addressMs);
  };
  store.watch((state, before) => {
    outline.draw(state, before);
    overview?.draw(state, before);
    view.draw(state, before);
    detail.draw(state, before);
    search.draw(state);
    help.draw(state);
    if (before) keepAddress(state);
  });
  addEventListener("hashchange", () => {
    const { view: asked, selection } = readAddress(model, location.hash);
    if (asked) actions.show(asked);
    if (selection?.span !== null && selection) actions.selectSpan(selection.span);
    else if (selection?.turn !== null && selection) actions.selectTurn(selection.turn);
  });
  listenToKeys({
    actions,
    state: () => store.state,
    tabs: all,
    view,
    searchInput: search.input,
    focusView,
  });
  focusView();
}

/** How many there are, and how many of them can be shown where not all fit. */
function errorCount({ data, errors }: SessionModel): string {
  const all = Math.max(data.session.errors, errors.length);
  const text = all.toLocaleString("en");
  return errors.length === all ? text : `${errors.length.toLocaleString("en")} of ${text}`;
}

/** Browsers refuse an address that changes with every key that is held down. */
const addressMs = 150;

/** Sessions up to this size begin with everything open. */
const small = 400;

function firstState(model: SessionModel): State {
  const asked = readAddress(model, location.hash);
  const { leftOut, turns } = model.data;
  const first = turns[leftOut.turns] ? leftOut.turns : null;
  const selection = asked.selection ?? { turn: first, span: null };
  const above = selection.span === null ? [] : nodesAbove(model, selection.span).map(nodeName);
  const opened =
    model.data.spans.length <= small
      ? [...allNodes(model)]
      : [...(first === null ? [] : [`turn ${first}`]), ...above];
  return {
    view: "tree",
    contextRow: null,
    compared: false,
    query: "",
    found: [],
    axis: usualAxis(model),
    helpShown: false,
    ...asked,
    selection,
    open: new Set(opened),
  };
}

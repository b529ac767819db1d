import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Status } from "../../run-tree/span.ts";
import { type PathGraph, pathOf } from "./path.ts";
import type { PathSpan } from "./path-span.ts";

const names = ["a", "b", "c"];
const statuses: readonly Status[] = ["ok", "ok", "error", "cancelled", "suspended", "open"];

const cost = { usd: null, reportedUsd: null, unpriced: 0, unpricedRests: 0 };

const spanOf = (told: Partial<PathSpan> & Pick<PathSpan, "id">): PathSpan => ({
  parent: null,
  turn: 0,
  kind: "step",
  name: "a",
  status: "ok",
  start: null,
  end: null,
  causedBy: null,
  attempt: null,
  cost,
  usageFinal: true,
  step: null,
  chose: [],
  handedTo: [],
  ...told,
});

/** What ran in one activation: with steps or without, in any order of time, in each other at will. */
const activation = fc.record({
  status: fc.constantFrom(...statuses),
  isStepped: fc.boolean(),
  members: fc.array(
    fc.record({
      kind: fc.constantFrom("step", "tool", "model", "agent", "workflow"),
      name: fc.constantFrom(...names),
      status: fc.constantFrom(...statuses),
      under: fc.nat(),
      from: fc.nat(20),
      lasted: fc.option(fc.nat(9)),
      causedBy: fc.option(fc.nat()),
      attempt: fc.option(fc.integer({ min: 1, max: 3 })),
      superstep: fc.nat(4),
      chose: fc.array(fc.constantFrom(...names, "never", "__end__"), { maxLength: 2 }),
      handedTo: fc.array(fc.constantFrom(...names), { maxLength: 1 }),
    }),
    { maxLength: 12 },
  ),
});

/** Turns of one or two activations. */
const turns = fc
  .array(fc.array(activation, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 })
  .map((all) =>
    all.map((activations, turn) =>
      activations.flatMap(({ isStepped, members, status }, index) => {
        const top = `t${turn}.${index}`;
        const idOf = (place: number): string => (place === 0 ? top : `${top}.${place}`);
        const base = 100 * turn + 40 * index;
        return [
          spanOf({
            id: top,
            turn,
            kind: "turn",
            name: "turn",
            status,
            start: base,
            end: base + 40,
          }),
          ...members.map(({ under, from, lasted, superstep, causedBy, ...member }, place) =>
            spanOf({
              ...member,
              id: idOf(place + 1),
              turn,
              parent: idOf(under % (place + 1)),
              start: base + from,
              end: lasted === null ? null : base + from + lasted,
              causedBy: causedBy === null ? null : idOf(causedBy % (members.length + 1)),
              step: isStepped && member.kind === "step" ? { superstep } : null,
            }),
          ),
        ];
      }),
    ),
  );

const holdsOf = (law: (spans: readonly PathSpan[], graphs: readonly PathGraph[]) => void): void =>
  fc.assert(
    fc.property(turns, (all) => {
      law(all.flat(), pathOf(all.flat()));
    }),
  );

test("edges join nodes of their own graph, lead away from the start and towards the end", () => {
  holdsOf((_, graphs) => {
    for (const { id, nodes, edges } of graphs) {
      const ids = new Set(nodes.map((node) => node.id));
      for (const { from, to } of edges) {
        expect([from, to].filter((end) => !ids.has(end))).toEqual([]);
        expect([from, to]).not.toEqual([expect.anything(), `${id}_start`]);
        expect(from).not.toBe(`${id}_end`);
      }
    }
  });
});

test("whatever ran can be reached from the start", () => {
  holdsOf((_, graphs) => {
    for (const { id, nodes, edges } of graphs) {
      const reached = new Set([`${id}_start`]);
      for (const node of reached)
        for (const { from, to, times } of edges) if (from === node && times > 0) reached.add(to);
      const ran = nodes.filter(({ visits }) => visits > 0).map((node) => node.id);
      expect(ran.filter((node) => !reached.has(node))).toEqual([]);
    }
  });
});

test("each span is a visit of one node at most, and ids name one thing each", () => {
  holdsOf((spans, graphs) => {
    const nodes = graphs.flatMap((graph) => graph.nodes);
    const ids = [...nodes, ...graphs].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const visits = nodes.flatMap((node) => node.spans);
    expect(new Set(visits).size).toBe(visits.length);
    const known = new Set(spans.map(({ id }) => id));
    expect(visits.filter((visit) => !known.has(visit))).toEqual([]);
    for (const { kind, repeats, spans: own, visits: count } of nodes)
      if (kind !== "start" && kind !== "end") {
        expect(own).toHaveLength(count);
        expect(repeats).toBeLessThanOrEqual(count);
      }
  });
});

const ranIn = (spans: readonly PathSpan[]): readonly string[] =>
  pathOf(spans).flatMap(({ nodes }) =>
    nodes.flatMap(({ id, name, spans: own }) => (own.length > 0 ? `${id} ${name}` : [])),
  );

test("what ran in earlier turns keeps its ids when more turns come", () => {
  fc.assert(
    fc.property(turns, (all) => {
      const later = new Set(ranIn(all.flat()));
      expect(ranIn(all.slice(0, -1).flat()).filter((node) => !later.has(node))).toEqual([]);
    }),
  );
});

test("nothing bounds how deep graphs lie in graphs", () => {
  const deep = Array.from({ length: 5_000 }, (_, depth) =>
    spanOf({ id: `${depth}`, kind: "agent", parent: depth === 0 ? "t" : `${depth - 1}` }),
  );
  const graphs = pathOf([spanOf({ id: "t", kind: "turn" }), ...deep]);
  expect(graphs.length).toBeLessThan(100);
  expect(graphs[0]?.nodes[1]).toMatchObject({ visits: 1 });
});

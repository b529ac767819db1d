import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { everyCall } from "../prices.fixture.ts";
import { mermaidText } from "./mermaid-text.ts";
import { pathOfDrafts, turnOf } from "./path.fixture.ts";
import { renderMermaid } from "./render-mermaid.ts";

const chart = (drafts: Parameters<typeof pathOfDrafts>[0]): string =>
  renderMermaid(pathOfDrafts(drafts)).join("\n");

/** A turn that calls one tool of that name. */
const calling = (name: string): ReturnType<typeof turnOf> =>
  turnOf("t", [0, 9], { a: { under: "t", kind: "tool", name, from: 1, to: 3 } });

test("a path as a flowchart: visits, time and cost, and graphs within what ran them", () => {
  const report = pathOfDrafts(
    turnOf("t", [0, 20], {
      m1: { under: "t", kind: "model", name: "small", from: 1 },
      ask: {
        under: "t",
        kind: "tool",
        name: "Ask",
        from: 2,
        to: 6,
        causedBy: "m1",
        status: "error",
      },
      expert: { under: "ask", kind: "agent", from: 3 },
      m: { under: "expert", kind: "model", name: "large", from: 3, status: "suspended" },
      m2: { under: "t", kind: "model", name: "small", from: 7 },
    }),
    { cost: everyCall(0.25) },
  );
  expect(renderMermaid(report)).toEqual([
    "flowchart TD",
    '  subgraph g1["turn \u00B7 1 run \u00B7 20.0s \u00B7 $0.7500"]',
    '    g1_start(["start"])',
    '    g1_n1("small<br/>2 visits \u00B7 2.0s \u00B7 $0.5000")',
    '    subgraph g1_n2["Ask \u00B7 runs expert \u00B7 1 visit \u00B7 4.0s \u00B7 $0.2500 \u00B7 1 failed"]',
    '      g1_n2_g1_start(["start"])',
    '      g1_n2_g1_n1("large<br/>1 visit \u00B7 1.0s \u00B7 $0.2500<br/>1 suspended")',
    '      g1_n2_g1_end(["end"])',
    "      g1_n2_g1_start --> g1_n2_g1_n1",
    "      g1_n2_g1_n1 --> g1_n2_g1_end",
    "    end",
    '    g1_end(["end"])',
    "    g1_start --> g1_n1",
    "    g1_n1 --> g1_n2",
    "    g1_n2 -.-> g1_n1",
    "    g1_n1 --> g1_end",
    "  end",
    "  classDef failed stroke:#b3261e,stroke-width:2px",
    "  class g1_n2 failed",
    "  classDef suspended stroke:#8a5a00,stroke-width:2px,stroke-dasharray:5 3",
    "  class g1_n2_g1_n1 suspended",
  ]);
});

test("what was used is at least so much, unless totals say that it was counted", () => {
  const told = {
    m: { under: "t", kind: "model", name: "small", from: 1, isGrowing: true },
  } as const;
  const report = pathOfDrafts(turnOf("t", [0, 9], told), { cost: everyCall(0.25) });
  const costs = (usageComplete: boolean): readonly string[] =>
    renderMermaid({ ...report, usageComplete }).flatMap(
      (line) => /.?\$[\d.]+/.exec(line)?.[0] ?? [],
    );
  expect(costs(false)).toEqual(["\u2265$0.2500", "\u2265$0.2500"]);
  expect(costs(true)).toEqual([" $0.2500", "\u2265$0.2500"]);
});

test("a session of which no turn is known is a chart without nodes", () => {
  expect(
    renderMermaid({ session: "s", turn: null, graphs: [], usageComplete: true, unplaced: 0 }),
  ).toEqual(["flowchart TD"]);
});

describe("whatever was recorded is text", () => {
  test.each([
    ["quotes", 'say "end"', "say #34;end#34;"],
    ["markup", "<b onload=x>&amp;", "#60;b onload=x#62;#38;amp#59;"],
    ["directives", "%%{init: {}}%%", "#37;#37;#123;init#58;\u2060 #123;#125;#125;#37;#37;"],
    ["Markdown", "`**bold**`", "#96;#42;#42;bold#42;#42;#96;"],
    ["formulas", "$$x$$", "#36;\u2060#36;\u2060x#36;\u2060#36;\u2060"],
    ["icons", "fa:fa-car", "fa#58;\u2060fa-car"],
    ["what looks like a line break", "a\\nb", "a#92;\u2060nb"],
    ["lines", "one\n  two\r\nend", "one two end"],
    [
      "writing of any kind",
      "\u68EE \u{1F9D1}\u200D\u{1F4BB} \u0633",
      "\u68EE \u{1F9D1}\u200D\u{1F4BB} \u0633",
    ],
    ["nothing", " ", "unnamed"],
  ])("%s", (_, name, shown) => {
    expect(chart(calling(name))).toContain(`[["${shown}<br/>1 visit`);
  });

  test("what is too long is cut between what readers take for characters", () => {
    const family = "\u{1F468}\u200D\u{1F469}\u200D\u{1F467}";
    expect(chart(calling(family.repeat(10)))).toContain(`[["${family.repeat(10)}<br/>`);
    expect(chart(calling("x".repeat(200)))).toContain(`[["${"x".repeat(60)}\u2026<br/>`);
  });

  test("no name can end its label, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii", maxLength: 80 }), (name) => {
        expect(mermaidText(name)).toMatch(/^(?:[^"`<>&%#;{}[\]|\\:*\n]|#\d+;)*$/u);
      }),
    );
  });
});

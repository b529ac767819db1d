import { columnsOf } from "@spoor/core/report/text";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { aligned, alignedCells } from "./table.ts";

test("columns stand below each other in whatever script, numbers with their last digits", () => {
  const columns = [
    { title: "name", cell: ({ name }: { readonly name: string }) => name },
    {
      title: "size",
      isNumber: true,
      cell: ({ name }: { readonly name: string }) => String(name.length),
    },
    { title: "", cell: () => "." },
  ];
  expect(aligned(columns, [{ name: "研究者" }, { name: "a" }, { name: "🦊" }])).toEqual([
    "name    size",
    "研究者     3  .",
    "a          1  .",
    "🦊         2  .",
  ]);
});

test("every cell of a column begins where a terminal draws the others", () => {
  const cell = fc.stringMatching(/^[a-z研究🦊é]{0,6}$/u);
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const lines = alignedCells(rows.map(([left, right]) => [left, right, "|"]));
      expect(new Set(lines.map((line) => columnsOf(line))).size).toBe(1);
    }),
  );
});

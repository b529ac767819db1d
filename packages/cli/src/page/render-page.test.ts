import * as fc from "fast-check";
import { expect, test } from "vitest";
import { pageDataOf } from "./data/page-data-of.ts";
import { recordedSession } from "./recorded-session.fixture.ts";
import { dataBlock, renderPage } from "./render-page.ts";

const about = { session: "s", source: "api" } as const;

function dataSaying(text: string): ReturnType<typeof pageDataOf> {
  const { report, view, content } = recordedSession([
    { ...about, type: "turn.started", key: "t", name: text.slice(0, 200), input: { [text]: text } },
  ]);
  return pageDataOf(report, view, content);
}

test("whatever was recorded, no markup begins in the block of data, and it reads back as it was", () => {
  const pieces = [
    "</script>",
    "<!--",
    "<script>",
    "]]>",
    "\u2028",
    "\uD800",
    "\u0000",
    "&lt;",
    '"',
    "\u202E",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces, "a", "-"), { maxLength: 12 }), (said) => {
      const data = dataSaying(said.join(""));
      const block = dataBlock(data);
      expect(block).not.toMatch(/[<>&\u2028\u2029]/u);
      expect(JSON.parse(block)).toEqual(JSON.parse(JSON.stringify(data)));
    }),
    { numRuns: 40 },
  );
});

test("a page allows its own script and style by their hashes, and nothing else", () => {
  const page = renderPage(dataSaying("hello"), { script: "start()", style: "p{}" });
  expect(page).toContain("default-src 'none'; script-src 'sha256-");
  expect(page).toContain("base-uri 'none'; form-action 'none'");
  expect(page).not.toMatch(/unsafe|https?:|src="|href=/);
});

test("a script or a style that would end its own element is refused", () => {
  const data = dataSaying("hello");
  expect(() => renderPage(data, { script: '"</script>"', style: "" })).toThrow(/own script/);
  expect(() => renderPage(data, { script: "", style: "/* </style> */" })).toThrow(/own script/);
});

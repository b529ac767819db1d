import { expect, test } from "vitest";
import { cutJson, cutText } from "./cut.ts";

test("of a long text the head and the tail stay, and between them stands how much is missing", () => {
  const cut = cutText("a".repeat(900) + "z".repeat(100), 100);
  expect(cut).toMatch(/^a{75}\n\[… 900 characters are not on this page …\]\nz{25}$/);
  expect(cutText("short", 100)).toBe("short");
});

test("a value whose long texts lose their middles is still JSON", () => {
  const message = { role: "user", content: [{ type: "text", text: "x".repeat(10_000) }] };
  const cut: unknown = JSON.parse(cutJson(message, 1_000));
  expect(cut).toMatchObject({ role: "user", content: [{ type: "text" }] });
});

test("a value of very many short texts is cut as text, and stays within its limit", () => {
  const many = Array.from({ length: 5_000 }, (_, index) => ({ line: index }));
  expect(cutJson(many, 1_000).length).toBeLessThan(1_100);
});

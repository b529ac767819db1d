import { describe, expect, test } from "vitest";
import { redactor } from "../default-redactor.ts";
import { harmlessTexts, pem, planted, plantedTexts, vendorSecrets } from "../planted.fixture.ts";

const byDefault = redactor();
const left = (text: string): string => byDefault.redact(text, "tool.output") as string;

describe("keys of vendors", () => {
  test.each(Object.entries(vendorSecrets))("%s", (_, secret) => {
    for (const text of [
      secret,
      `use ${secret} now`,
      `"${secret}"`,
      `a\\n${secret}\\n`,
      `(${secret}).`,
      JSON.stringify(JSON.stringify(`\n${secret}`)),
    ])
      expect(left(text)).not.toContain(secret.slice(12));
    expect(left(`use ${secret} now`)).toMatch(/^use .*\[redacted:[a-z-]+\] now$/);
  });
});

describe("what a text names as a secret", () => {
  test.each(plantedTexts)("%s", (text) => {
    expect(left(text)).not.toContain(planted);
    expect(left(text)).toMatch(/\[redacted:/);
  });

  test("is taken out alone: what stands around it is kept", () => {
    expect(left(`https://ada:${planted}@example.org/x?a=1&token=${planted}&b=2`)).toBe(
      "https://ada:[redacted:password]@example.org/x?a=1&token=[redacted:token]&b=2",
    );
    expect(left(`{"password":"${planted}","user":"ada"}`)).toBe(
      '{"password":"[redacted:password]","user":"ada"}',
    );
    const nested = JSON.stringify({ a: JSON.stringify({ token: 'x"y\\', b: 1 }) });
    expect(JSON.parse((JSON.parse(left(nested)) as { a: string }).a)).toEqual({
      token: "[redacted:token]",
      b: 1,
    });
  });
});

describe("other secrets", () => {
  test.each([
    ["mail ada.lovelace+x@mail.example.co.uk, bye", "mail [redacted:email], bye"],
    ["a\\nada@example.org", "a\\n[redacted:email]"],
    ["<ada@example.org>", "<[redacted:email]>"],
    ["card 4111 1111 1111 1111.", "card [redacted:card]."],
    ["card 4111-1111-1111-1111", "card [redacted:card]"],
    ["2 4111111111111111 7", "2 [redacted:card] 7"],
    ["amex 378282246310005 diners 30569309025904", "amex [redacted:card] diners [redacted:card]"],
    [`key:\n${pem}\nend`, "key:\n[redacted:private-key]\nend"],
    [pem.slice(0, 400), "[redacted:private-key]"],
    [JSON.stringify({ pem }), '{"pem":"[redacted:private-key]"}'],
    [pem.slice(300), "[redacted:private-key]"],
  ])("%s", (text, expected) => {
    expect(left(text)).toBe(expected);
  });
});

describe("what only looks like one", () => {
  test.each(harmlessTexts)("%s", (text) => {
    expect(left(text)).toBe(text);
  });
});

describe("a megabyte that somebody made to be slow", () => {
  const million = 1_000_000;
  const pieces = [
    "a",
    "@",
    "a@",
    "a.",
    "1",
    "1 ",
    "4111-",
    "4111 1111 1111 1111 ",
    "=",
    ":",
    "x:",
    "-",
    "--",
    "\\",
    "://",
    "://a:b",
    "password=",
    'password="',
    '"password":[',
    "--password ",
    "-----BEGIN PRIVATE KEY-----",
    "A-----END PRIVATE KEY-----",
    "-----BEGIN ",
    "sk-",
    "eyJ",
    `eyJ${"a".repeat(20)}.`,
    "Bearer ",
    "ada@example.org ",
    " ",
    "\n",
    '"',
    "{",
    "sk-ant-",
    "AKIA",
    "token: ",
    "\ud83e",
  ];
  test.each(pieces)("%j over and over ends, and is redacted once and for all", (piece) => {
    const text = piece.repeat(million / piece.length);
    const once = left(text);
    expect(left(once)).toBe(once);
  });
  test.each([
    `a@${"a.".repeat(million / 2)}`,
    `password="${"\\".repeat(million)}`,
    `://${"a:".repeat(million / 2)}@`,
    `${"9".repeat(million)}x`,
  ])("%.20s…", (text) => {
    expect(left(left(text))).toBe(left(text));
  });

  test("is kept as far as ten thousand secrets, and says that the rest is not", () => {
    const line = "mail ada@example.org\n";
    const kept = left(line.repeat(12_000));
    expect(kept).toBe(
      `${"mail [redacted:email]\n".repeat(9_999)}mail [redacted:email][redacted:rest]`,
    );
    expect(left(kept)).toBe(kept);
  });
});

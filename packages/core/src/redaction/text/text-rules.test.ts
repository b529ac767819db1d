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

describe("the extent of a value", () => {
  test.each([
    [
      'Authorization: Digest a="b", c="d"\nHost: x',
      "Authorization: [redacted:authorization]\nHost: x",
    ],
    ['curl -H "Cookie: a=b" -v', 'curl -H "Cookie: [redacted:cookie]" -v'],
    [
      '{"raw":"Cookie: a=b\\nHost: x","n":1}',
      '{"raw":"Cookie: [redacted:cookie]\\nHost: x","n":1}',
    ],
    [
      "a:\n  password: |\n    x1\n    y\n  b: 1",
      "a:\n  password: |\n    [redacted:password]\n  b: 1",
    ],
    ["- api_key: >-\n\n    x1\n  b: 1", "- api_key: >-\n\n    [redacted:api-key]\n  b: 1"],
    ["secrets:\n  - x1\n  - y\nb: 1", "secrets:\n  [redacted:secret]\nb: 1"],
    ['{"secret":{"a":"}]","b":[1]},"c":2}', '{"secret":[redacted:secret],"c":2}'],
    ["curl -u ada:x1 https://a.b", "curl -u ada:[redacted:password] https://a.b"],
    ["otp=493021 OTP: 493021", "otp=[redacted:otp] OTP: [redacted:otp]"],
    ['"token":"493021"', '"token":"[redacted:token]"'],
    ['["a","--token","correct horse","b"]', '["a","--token","[redacted:token]","b"]'],
    [
      '"set-cookie: a1" and "set-cookie: b"',
      '"set-cookie: [redacted:cookie]" and "set-cookie: [redacted:cookie]"',
    ],
  ])("%s", (text, expected) => {
    expect(left(text)).toBe(expected);
  });

  test("is never so long that its end is kept", () => {
    const filler = "a b ".repeat(5_000);
    for (const text of [
      `{"credentials":{"pad":"${filler}","note":"${planted}"}}`,
      `{"credentials":{"pad":"${filler}","note":"${planted}`,
      `password="${"abc\n".repeat(5_000)}${planted}"`,
      `password: |\n${`  ${filler}\n`.repeat(3)}  ${planted}`,
    ])
      expect(left(text)).not.toContain(planted);
  });

  test("is that of a schema only where there is nothing but a schema", () => {
    const schema =
      '"password":{"type":["string","null"],"description":"of the user","minLength":8}';
    expect(left(schema)).toBe(schema);
    const escaped = JSON.stringify({ schema: `{${schema}}` });
    expect(left(escaped)).toBe(escaped);
    expect(left('"password":{"type":"string","default":"x"}')).toBe(
      '"password":[redacted:password]',
    );
  });

  test("in `Basic` ends with the encoding, which has to be one of a user and a password", () => {
    const encoded = btoa(`ada:${planted}`);
    expect(left(`sent Basic ${encoded} to`)).toBe("sent Basic [redacted:password] to");
    const other = `Basic ${btoa("nobody and nothing")}`;
    expect(left(other)).toBe(other);
  });
});

const linesOfKey = pem.split("\n");
const listings: Readonly<Record<string, string>> = {
  "as they are": pem,
  "in a list in JSON": JSON.stringify(linesOfKey),
  "in a list in JSON, indented": JSON.stringify(linesOfKey, null, 2),
  "joined in a program": linesOfKey.map((line) => `"${line}\\n"`).join(" +\n"),
  "as a quotation": linesOfKey.map((line) => `> ${line}`).join("\n"),
  "as a comment": linesOfKey.map((line) => `# ${line}`).join("\n"),
  "in a table": linesOfKey.map((line) => `| ${line} |`).join("\n"),
  "as found by grep": linesOfKey.map((line, index) => `keys/id_rsa:${index}:${line}`).join("\n"),
  "with line numbers": linesOfKey.map((line, index) => `  ${index}→${line}`).join("\n"),
};

describe("the lines of a private key", () => {
  test.each(Object.entries(listings))("%s", (_, text) => {
    const middle = Math.floor(text.length / 2);
    for (const piece of [text, text.slice(0, middle), text.slice(middle)]) {
      const kept = left(`before\n${piece}\nafter`);
      for (const line of linesOfKey.slice(1, -1)) expect(kept).not.toContain(line.slice(20, 50));
      expect(kept).toMatch(/^before\n/);
    }
    expect(left(`before\n${text}\nafter`)).toMatch(/\nafter$/);
  });

  test("are not what stands between the names of its ends", () => {
    const code = `starts("-----BEGIN PRIVATE KEY-----") ${"and so on; ".repeat(60)}ends("-----END PRIVATE KEY-----")`;
    expect(left(code)).toContain("and so on; and so on");
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
    expect(left(`${pem}\n`.repeat(12_000))).toMatch(/\[redacted:private-key\]\[redacted:rest\]$/);
  });
});

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bundledName } from "./bundled-prices.ts";
import { type OpenedPrices, openPrices } from "./open-prices.ts";
import type { PriceSettings } from "./price-settings.ts";
import { exactText } from "../../report/usd.ts";

const noon = Date.UTC(2026, 10, 21, 12);
const hour = 3_600_000;

/** A list with one model of one provider, at so many dollars a million. */
const listAt = (input: number): unknown => [
  {
    id: "anthropic",
    provider_match: { contains: "anthropic" },
    model_match: { contains: "claude" },
    models: [
      { id: "claude-new", match: { starts_with: "claude-new" }, prices: { input_mtok: input } },
    ],
  },
];

let folder: string;
let server: Server;
let url: string;
let asked: string[];
let answer: { status: number; text: string };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "spoor-prices-"));
  asked = [];
  answer = { status: 200, text: JSON.stringify(listAt(7)) };
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(answer.status).end(answer.text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prices.json`;
});

afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const cacheFile = (): string => join(folder, "spoor", "prices.json");

async function open(settings: PriceSettings, now = noon): Promise<OpenedPrices> {
  return openPrices(settings, { now: () => now, environment: { XDG_CACHE_HOME: folder } });
}

/** What a million input tokens of the model cost, and whose price that is. */
function priceOf({ book }: OpenedPrices, model = "claude-new"): string {
  const price = book.priceOf({ model, provider: null, at: noon });
  if ("unknown" in price) return price.unknown;
  return `${exactText((price.rates.input?.base ?? 0n) * 1_000_000n)} ${price.tag.source}`;
}

test("nothing is fetched, and nothing written, unless that is allowed", async () => {
  const opened = await open({});
  expect(opened.refreshed).toBeNull();
  expect(priceOf(opened, "claude-sonnet-4-5")).toBe("3 bundled");
  expect(asked).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

test("a newer list is fetched meanwhile, and counts from the next time", async () => {
  const first = await open({ refresh: url });
  expect(priceOf(first)).toBe("anthropic has no price for the model claude-new");
  expect(await first.refreshed).toBe("fetched");
  const second = await open({ refresh: url }, noon + hour);
  expect(priceOf(second)).toBe("7 refreshed");
  expect(second.book.priceOf({ model: "claude-new", provider: null, at: noon })).toMatchObject({
    tag: { from: `${url} of 2026-11-21` },
  });
  expect(asked).toEqual(["GET /prices.json"]);
  expect(readdirSync(join(folder, "spoor")).toSorted()).toEqual([
    "prices.attempted",
    "prices.json",
  ]);
});

test("it is fetched once a day at most, whatever came of it", async () => {
  answer = { status: 503, text: "" };
  expect(await (await open({ refresh: url })).refreshed).toEqual({ failed: `${url} answers 503` });
  expect((await open({ refresh: url }, noon + 23 * hour)).refreshed).toBeNull();
  answer = { status: 200, text: JSON.stringify(listAt(8)) };
  expect(await (await open({ refresh: url }, noon + 24 * hour)).refreshed).toBe("fetched");
  expect((await open({ refresh: url }, noon + 47 * hour)).refreshed).toBeNull();
  expect((await open({ refresh: url }, noon + 48 * hour)).refreshed).not.toBeNull();
});

test("a clock that was set back does not keep a list for ever", async () => {
  await (
    await open({ refresh: url }, noon + 1_000 * hour)
  ).refreshed;
  expect(await (await open({ refresh: url }, noon)).refreshed).toBe("fetched");
});

describe("what is no price list never takes the place of one", () => {
  test.each(["", "<html>", "[]", '{ "providers": [] }', '[{ "id": "p" }]'])("%j", async (text) => {
    await (
      await open({ refresh: url })
    ).refreshed;
    answer = { status: 200, text };
    const tomorrow = await open({ refresh: url }, noon + 24 * hour);
    expect(await tomorrow.refreshed).toMatchObject({ failed: expect.any(String) });
    expect(priceOf(await open({ refresh: url }, noon + 25 * hour))).toBe("7 refreshed");
  });
});

test("without a network the prices that are there stand", async () => {
  await (
    await open({ refresh: url })
  ).refreshed;
  await new Promise((resolve) => server.close(resolve));
  const tomorrow = await open({ refresh: url }, noon + 24 * hour);
  expect(priceOf(tomorrow)).toBe("7 refreshed");
  expect(await tomorrow.refreshed).toMatchObject({ failed: expect.any(String) });
});

test("a damaged cache is left out in a sentence, and made good", async () => {
  mkdirSync(join(folder, "spoor"));
  const kept = { fetchedAt: noon, address: "", beside: bundledName, providers: listAt(1) };
  const noTime = JSON.stringify({ ...kept, fetchedAt: 1e300 });
  const deep = `${'{"or":['.repeat(20_000)}${"]}".repeat(20_000)}`;
  const tooDeep = JSON.stringify([{ id: "p", models: [{ id: "m", prices: {}, match: 0 }] }]);
  const list = `{"fetchedAt":1,"address":"","beside":"","providers":${tooDeep.replace('"match":0', `"match":${deep}`)}}`;
  for (const damage of ["", "{", "[]", '{"fetchedAt":1}', noTime, list]) {
    writeFileSync(cacheFile(), damage);
    rmSync(join(folder, "spoor", "prices.attempted"), { force: true });
    const opened = await open({ refresh: url });
    expect(opened.notes).toEqual([
      `the price list in ${cacheFile()} cannot be read: it is left out`,
    ]);
    expect(priceOf(opened, "claude-sonnet-4-5")).toBe("3 bundled");
    expect(await opened.refreshed).toBe("fetched");
    expect(priceOf(await open({ refresh: url }))).toBe("7 refreshed");
  }
});

test("a list from before the bundled one was renewed, or from elsewhere, does not count", async () => {
  await (
    await open({ refresh: url })
  ).refreshed;
  const text = readFileSync(cacheFile(), "utf8");
  writeFileSync(cacheFile(), text.replace(bundledName, "an older one"));
  expect(priceOf(await open({ refresh: url }))).toMatch("no price for the model");
  writeFileSync(cacheFile(), text);
  expect(priceOf(await open({ refresh: `${url}?other` }))).toMatch("no price for the model");
});

test("an address that was changed is asked at once, however lately another one was", async () => {
  await (
    await open({ refresh: url })
  ).refreshed;
  const other = `${url}?other`;
  expect(await (await open({ refresh: other }, noon + hour)).refreshed).toBe("fetched");
  expect((await open({ refresh: other }, noon + 2 * hour)).refreshed).toBeNull();
  expect(asked).toEqual(["GET /prices.json", "GET /prices.json?other"]);
});

test("what is secret in an address is neither shown nor kept", async () => {
  const refresh = `${url}?token=SECRET`;
  await (
    await open({ refresh })
  ).refreshed;
  const opened = await open({ refresh }, noon + hour);
  expect(opened.book.priceOf({ model: "claude-new", provider: null, at: noon })).toMatchObject({
    tag: { from: `${url} of 2026-11-21` },
  });
  for (const name of readdirSync(join(folder, "spoor")))
    expect(readFileSync(join(folder, "spoor", name), "utf8")).not.toContain("SECRET");
  for (const status of [403, 200]) {
    answer = { status, text: "\u001b]0;SECRET" };
    const tomorrow = await open({ refresh }, noon + (status === 403 ? 30 : 60) * hour);
    expect(await tomorrow.refreshed).toEqual({
      failed: expect.stringMatching(
        /^(what )?http:\/\/127\.0\.0\.1:\d+\/prices\.json (answers|has) [\w ]+$/,
      ),
    });
  }
});

test("a cache that cannot be written costs nothing but the newer prices", async () => {
  writeFileSync(join(folder, "spoor"), "a file where the folder should be");
  const opened = await open({ refresh: url });
  expect(priceOf(opened, "claude-sonnet-4-5")).toBe("3 bundled");
  expect(await opened.refreshed).toMatchObject({ failed: expect.any(String) });
});

test("a list of one's own takes the place of every other, and nothing is fetched", async () => {
  const file = join(folder, "mine.json");
  writeFileSync(file, JSON.stringify(listAt(9)));
  const opened = await open({ file, refresh: url });
  expect(priceOf(opened)).toBe("9 file");
  expect(opened.refreshed).toBeNull();
  await expect(open({ file: join(folder, "none.json") })).rejects.toThrow("cannot be read");
  writeFileSync(file, "[]");
  await expect(open({ file })).rejects.toThrow("is no price list in the form of genai-prices");
});

test("prices can be pinned to a day, and one's own win over every list", async () => {
  const pinned = await open({ pinnedTo: "2025-06-01" });
  const o3 = pinned.book.priceOf({ model: "o3", provider: "openai", at: noon });
  expect(o3).toMatchObject({ tag: { asOf: "2025-06-01" } });
  expect(priceOf(pinned, "o3")).toBe("10 bundled");
  expect(priceOf(await open({}), "o3")).toBe("2 bundled");
  expect(priceOf(await open({ models: { o3: { input: 1 } } }), "o3")).toBe("1 own");
  await expect(open({ pinnedTo: "soon" })).rejects.toThrow("prices are pinned to a day");
});

import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import process from "node:process";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordingOf, runIn, temporaryFolder } from "../spoor.fixture.ts";
import {
  buildAssets,
  installedBrowser,
  launch,
  nextFrame,
  open,
  pageFile,
  press,
  selected,
} from "./browser-page.fixture.ts";
import { hostileSession, hostileTexts } from "./hostile-session.fixture.ts";
import { longSession } from "./long-session.fixture.ts";

const executable = installedBrowser();
const title = executable
  ? "a page in a browser"
  : "a page in a browser: skipped, because no Chromium or Chrome is on the PATH of this machine";

/** Ten spans each. */
const manyTurns = process.env["SPOOR_SOAK"] ? 500 : 120;

beforeAll(buildAssets);

async function recordedIn(cwd: string): Promise<void> {
  const files = ["e2-subagents-parallel", "l-compact"].map(recordingOf);
  await runIn(cwd, ["import", "claude-code", ...files]);
}

describe("spoor show --html", () => {
  test("writes one file, readable for its owner only, and says where and how large", async () => {
    const cwd = temporaryFolder();
    await recordedIn(cwd);
    const { code, stdout } = await runIn(cwd, ["show", "9c4", "--html", "page.html"]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/page\.html {2}\d+ kB, 1 turn, 13 spans\n$/),
    });
    expect(statSync(join(cwd, "page.html")).mode & 0o777).toBe(0o600);
    expect(readdirSync(cwd).toSorted()).toEqual([".spoor", "page.html"]);
  });

  test("says the same as JSON", async () => {
    const cwd = temporaryFolder();
    await recordedIn(cwd);
    const { stdout } = await runIn(cwd, ["show", "5ce", "--html", "page.html", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      file: join(cwd, "page.html"),
      turns: 4,
      spans: 8,
      leftOut: { turns: 0, spans: 0, texts: 0 },
    });
  });

  test("a file that cannot be written is one sentence and exit code 2, and leaves nothing behind", async () => {
    const cwd = temporaryFolder();
    await recordedIn(cwd);
    const { code, stdout, stderr } = await runIn(cwd, ["show", "9c4", "--html", "no/page.html"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^spoor: cannot write the page to [^\n]+\n$/);
    expect(readdirSync(cwd)).toEqual([".spoor"]);
  });
});

describe.skipIf(executable === null)(title, () => {
  let folder = "";
  let browser: Browser;
  let page: Page;
  let short = "";
  let hostile = "";

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "spoor-page-"));
    short = pageFile(folder, "short", longSession(12));
    hostile = pageFile(folder, "hostile", hostileSession());
    browser = await launch(executable ?? "");
    page = await browser.newPage();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  test("whatever was recorded is text: nothing runs, nothing is asked for, nothing complains", async () => {
    const { complaints, requests } = await open(page, hostile);
    for (const view of ["1", "2", "3", "4", "5", "6", "7"]) {
      await press(page, view, "Home");
      for (let row = 0; row < 5; row += 1) await press(page, "j");
      await page.evaluate(
        "for (const mark of document.querySelectorAll('details')) mark.open = true",
      );
    }
    await press(page, "5", "x", "j", "j", "/");
    await page.keyboard.type("<script>");
    await press(page, "Enter", "Enter", "Escape");
    expect(await page.evaluate("globalThis.planted")).toBeUndefined();
    const planted = "script, iframe, img, svg:not(.sheet > svg), foreignObject, link, a";
    expect(await page.locator(planted).count()).toBe(2);
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
  });

  test("what would be unseen, or turn the order of what stands beside it, is shown as a sign", async () => {
    await open(page, hostile);
    const shown = await page.locator("body").innerText();
    expect(shown).toContain("\u27E8U+202E\u27E9evil");
    // eslint-disable-next-line no-control-regex -- these are what must not be there
    expect(shown).not.toMatch(/[\u0000-\u0008\u001B\u202A-\u202E\u2066-\u2069]/u);
    expect(await page.title()).toContain("session </script>");
    expect(hostileTexts.filter((text) => text.includes("planted")).length).toBeGreaterThan(5);
  });

  test("what nobody counted is a question mark, never a nought", async () => {
    await open(page, hostile);
    await press(page, "4");
    expect(await page.locator(".outline .figure").first().innerText()).toBe("?");
    expect(await page.locator(".turns .in, .turns .out").allInnerTexts()).not.toContain("0");
    expect(await page.locator(".turns .in").first().innerText()).toBe("?");
  });

  test("the policy lets nothing else run or load, even where the page itself would try", async () => {
    await open(page, short);
    const outcome = await page.evaluate(`(async () => {
      const added = document.createElement("script");
      added.textContent = "globalThis.planted = 1";
      document.body.append(added);
      const asked = await fetch("http://127.0.0.1:9/").then(() => "answered", () => "refused");
      return [globalThis.planted, asked];
    })()`);
    expect(outcome).toEqual([undefined, "refused"]);
  });

  test("keys alone lead through a session: lines, turns, errors, causes, folds", async () => {
    await open(page, short);
    expect(await selected(page)).toMatch(/^› Turn 0|Turn 0/);
    await press(page, "j", "ArrowDown");
    expect(await selected(page)).toContain("Read");
    await press(page, "u");
    expect(await selected(page)).toContain("sonnet");
    await press(page, "]", "ArrowLeft");
    expect(await page.locator(".tree [aria-selected=true]").getAttribute("aria-expanded")).toBe(
      "false",
    );
    await press(page, "Enter");
    expect(await page.locator(".tree [aria-selected=true]").getAttribute("aria-expanded")).toBe(
      "true",
    );
    await press(page, "e");
    expect(await selected(page)).toContain("ENOENT");
    expect(await page.locator(".detail").innerText()).toContain("no such file or directory");
    await press(page, "e");
    expect(await selected(page)).toContain("Turn 11");
    await press(page, "E");
    expect(await selected(page)).toContain("ENOENT");
    await page.waitForURL(/#tree\/span\/[0-9a-f]{16}$/);
  });

  test("the focus is always seen, and every pane and control can be reached by Tab", async () => {
    await open(page, short);
    const reached: unknown[] = [];
    for (let step = 0; step < 10; step += 1) {
      await press(page, "Tab");
      reached.push(
        await page.evaluate(`(() => {
          const focused = document.activeElement;
          if (focused === document.body) return ["", true];
          const row = focused.querySelector("[aria-selected=true]");
          const field = focused.closest(".search");
          const styles = [focused, row, field].filter(Boolean).map((part) => getComputedStyle(part));
          const isSeen = styles.some((style) => style.outlineStyle !== "none" || style.boxShadow !== "none" || style.borderColor.includes("15, 107, 102"));
          return [focused.getAttribute("aria-label") ?? focused.textContent, isSeen];
        })()`),
      );
    }
    const names = reached.map((one) => (Array.isArray(one) ? String(one[0]) : ""));
    for (const name of [
      "Search in names and in what was said",
      "Keys",
      "Turns",
      "Tree",
      "Spans of the session",
      "Detail",
    ])
      expect(names).toContain(name);
    expect(reached.filter((one) => Array.isArray(one) && one[1] !== true)).toEqual([]);
  });

  test("a search says how many spans say it, goes from one to the next, and ends with Escape", async () => {
    await open(page, short);
    await press(page, "/");
    await page.keyboard.type("no such file");
    await press(page, "Enter");
    expect(await page.locator(".search output").innerText()).toBe("1");
    expect(await selected(page)).toContain("ENOENT");
    await press(page, "Escape");
    expect(await page.locator(".search output").innerText()).toBe("");
    expect(await page.evaluate("document.activeElement.getAttribute('role')")).toBe("tree");
  });

  test("a question mark shows the keys, Escape hides them", async () => {
    await open(page, short);
    await press(page, "?");
    expect(await page.locator("dialog").isVisible()).toBe(true);
    await press(page, "Escape");
    expect(await page.locator("dialog").isVisible()).toBe(false);
  });

  test("on the screen of a telephone, what happened has its whole width, also where there is one turn", async () => {
    for (const file of [short, pageFile(folder, "one turn", longSession(1))]) {
      await open(page, file);
      await page.setViewportSize({ width: 390, height: 800 });
      const widths = await page.evaluate<number[]>(
        `["header", "main"].map((name) => document.querySelector(name).getBoundingClientRect().width)`,
      );
      for (const width of widths) expect(width).toBeGreaterThan(360);
    }
  });

  test("a turn's context is shown whole, or as what changed since the turn before", async () => {
    await open(page, short);
    await press(page, "5", "]", "]");
    const whole = await page.locator(".context").innerText();
    expect(whole).toContain("You are a careful engineer.");
    await press(page, "x");
    const changed = await page.locator(".context").innerText();
    expect(changed).toContain("11 messages as before");
    expect(changed).not.toContain("You are a careful engineer.");
    await press(page, "j", "j");
    expect(await page.locator(".detail").innerText()).toContain("assistant · added");
  });

  test("where the instructions changed, their lines are held against each other", async () => {
    await open(page, short);
    await press(page, "5", "]", "]", "]", "]", "]", "]", "x", "j");
    expect(await page.locator(".difference").innerText()).toMatch(
      /^ {2}You are.*\n\+ Be brief\.\n$/,
    );
  });

  test("the timeline goes closer, sideways and from span to span, by keys, wheel and pointer", async () => {
    await open(page, short);
    await press(page, "2");
    const picture = async (): Promise<unknown> => {
      await nextFrame(page);
      return page.evaluate("document.querySelector('.field canvas').toDataURL()");
    };
    const pictures = [await picture()];
    for (const key of ["w", "d", "ArrowDown", "ArrowRight", "0"]) {
      await press(page, key);
      pictures.push(await picture());
    }
    await page.mouse.move(500, 300);
    await page.mouse.wheel(0, -300);
    await press(page, "Shift");
    pictures.push(await picture());
    expect(new Set(pictures).size).toBe(pictures.length);
    await press(page, "0", "ArrowUp");
    await page.mouse.click(500, 320);
    await press(page, "Shift");
    await page.waitForURL(/#timeline\/(span|turn)\//);
  });

  test("assistive technology hears a tree, its levels and sizes, and tabs with their panels", async () => {
    await open(page, short);
    const row = await page.evaluate(`(() => {
      const second = document.querySelectorAll(".tree [role=treeitem]")[1];
      return Object.fromEntries(second.getAttributeNames().map((name) => [name, second.getAttribute(name)]));
    })()`);
    expect(row).toMatchObject({
      "aria-level": "2",
      "aria-posinset": "1",
      "aria-setsize": "9",
      "aria-selected": "false",
    });
    const active = await page.locator(".tree").getAttribute("aria-activedescendant");
    expect(await page.locator(`#${active}`).getAttribute("aria-selected")).toBe("true");
    await press(page, "4");
    expect(await page.locator("[role=tab][aria-selected=true]").getAttribute("aria-controls")).toBe(
      "panel-turns",
    );
    expect(await page.locator("#panel-turns").isVisible()).toBe(true);
    await press(page, "2", "j", "j");
    expect(await page.locator("[role=status]").innerText()).toMatch(
      /^(model|tool) \w+ ok [\d.]+m?s$/,
    );
  });

  test.each([
    ["light", "rgb(255, 255, 255)"],
    ["dark", "rgb(22, 24, 26)"],
  ] as const)(
    "it is %s where the reader has it so, and nothing moves by itself",
    async (colorScheme, ground) => {
      await open(page, short, { colorScheme, reducedMotion: "reduce" });
      await press(page, "2", "]", "1");
      expect(await page.evaluate("document.getAnimations().length")).toBe(0);
      expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(ground);
    },
  );

  test("where colours are forced, bars are not all in the colour of text, and one tab is marked", async () => {
    await open(page, short, { forcedColors: "active" });
    await press(page, "2");
    const inked = await page.evaluate(`(() => {
      const canvas = document.querySelector(".field canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let at = 0; at < data.length; at += 4)
        if (data[at] + data[at + 1] + data[at + 2] === 0 && data[at + 3] === 255) count += 1;
      return count;
    })()`);
    expect(inked).toBeLessThan(3_000);
    const underlines = await page.evaluate(
      "[...document.querySelectorAll('[role=tab]')].map((tab) => getComputedStyle(tab).borderBottomColor)",
    );
    expect(new Set(underlines as string[]).size).toBe(2);
  });

  test("what is shown of a session without a turn says that there is none", async () => {
    const about = { session: "s", source: "api" } as const;
    const file = pageFile(folder, "none", [
      { ...about, type: "session.started", on: null, mark: "s", framework: "api" },
    ]);
    await page.goto(pathToFileURL(file).href);
    expect(await page.locator("#panel-tree").innerText()).toContain("No turn of this session");
    expect(await page.locator(".totals").innerText()).not.toContain("?");
  });

  test("a page of the last turns begins with the first that is on it, and says how many errors are not", async () => {
    await open(page, pageFile(folder, "last", longSession(60), { spans: 100 }));
    expect(await page.locator(".detail h2").innerText()).toMatch(/^Turn 5\d/);
    expect(await page.locator("#tab-errors .count").innerText()).toMatch(/^\d+ of \d+$/);
    expect(await page.locator(".legend").innerText()).toContain("compacted");
  });

  test("the path is drawn: a node is chosen by a click, its visits follow each other, and arrows go on from it", async () => {
    const { complaints } = await open(page, short);
    await press(page, "3");
    const drawn = page.locator(".sheet .node .name");
    expect(await drawn.allTextContents()).toEqual(["sonnet", "Read", "Grep", "Edit", "Bash"]);
    const choose = async (name: string): Promise<void> => {
      await page.locator(".sheet .node", { hasText: name }).click();
      await nextFrame(page);
    };
    const shown = (): Promise<string> => page.locator(".path .note").innerText();
    await choose("Grep");
    expect(await shown()).toContain("Grep, 2\u00D7 \u00B7 820ms, visit 1 of 2");
    expect(await page.locator(".detail h2").innerText()).toContain("Grep");
    await choose("Grep");
    expect(await shown()).toContain("visit 2 of 2");
    await press(page, "Enter");
    expect(await shown()).toContain("visit 1 of 2");
    expect(await page.locator(".sheet .node.marked .name").allTextContents()).toEqual(["Grep"]);
    await press(page, "ArrowUp");
    expect(await shown()).toContain("sonnet");
    expect(await page.locator(".heard").last().innerText()).toContain("sonnet, 3\u00D7");
    await press(page, "ArrowDown", "ArrowRight");
    expect(await page.locator(".sheet .node.marked").count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  test("the path is that of the turn that is selected, or of all turns", async () => {
    await open(page, short);
    await press(page, "3");
    const runs = (): Promise<string | null> =>
      page.locator(".sheet .caption .figures").textContent();
    expect(await runs()).toContain("1 run ");
    await press(page, "t");
    expect(await runs()).toContain("12 runs ");
    expect(await page.locator(".path [aria-pressed=true]").innerText()).toBe("All turns");
    await page.getByRole("button", { name: "This turn" }).click();
    await press(page, "]");
    expect(await runs()).toContain("1 run ");
  });

  test("a span that is selected elsewhere is found in the path, in the node that it lies in", async () => {
    await open(page, short);
    await press(page, "j", "j", "3");
    expect(await page.locator(".sheet .node.marked").count()).toBe(1);
  });

  test("what has no path says so", async () => {
    await open(page, pageFile(folder, "bare", [...longSession(1)].slice(0, 2)));
    await press(page, "3");
    expect(await page.locator("#panel-path").innerText()).toContain("No path to show");
  });

  test("an address leads to what it names", async () => {
    await open(page, short);
    await press(page, "2", "]", "]", "j");
    await page.waitForURL(/#timeline\/span\//);
    const [address, shown] = [page.url(), await page.locator(".detail h2").innerText()];
    await page.goto("about:blank");
    await page.goto(address);
    expect(await page.locator("[role=tab][aria-selected=true]").innerText()).toBe("Timeline");
    expect(await page.locator(".detail h2").innerText()).toBe(shown);
  });

  test("of thousands of spans only the rows in sight exist, and how fast that is, is told", async ({
    annotate,
  }) => {
    const { complaints } = await open(page, pageFile(folder, "long", longSession(manyTurns)));
    await press(page, "o");
    expect(
      await page.evaluate("document.querySelector('.tree .runway').clientHeight"),
    ).toBeGreaterThan(manyTurns * 10 * 26);
    expect(await page.locator(".tree [role=treeitem]").count()).toBeLessThan(100);
    const shownMs = await page.evaluate("performance.getEntriesByName('spoor:shown')[0].startTime");
    const frames = await page.evaluate(`(async () => {
      const list = document.querySelector(".tree");
      const spent = [];
      for (let frame = 0; frame < 60; frame += 1) {
        await new Promise(requestAnimationFrame);
        const start = performance.now();
        list.scrollTop += 300;
        list.dispatchEvent(new Event("scroll"));
        list.getBoundingClientRect();
        spent.push(performance.now() - start);
      }
      spent.sort((left, right) => left - right);
      return \`\${spent[30].toFixed(1)} ms in the middle, \${spent[57].toFixed(1)} ms at the 95th of 100\`;
    })()`);
    await annotate(`shown ${String(Math.round(Number(shownMs)))} ms after it was asked for`);
    await annotate(`work in a frame that scrolls by 300 px: ${String(frames)}`);
    await press(page, "End");
    expect(await page.locator(".detail").innerText()).toContain(`turn-${manyTurns - 1}-m2`);
    expect(complaints).toEqual([]);
  });
});

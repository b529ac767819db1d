import { existsSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { EventDraft } from "@spoor/core";
import { type Browser, chromium, type Page } from "playwright-core";
import { build } from "tsdown";
import { defaultLimits, pageDataOf, type PageLimits } from "./data/page-data-of.ts";
import { builtAssets } from "./page-assets.ts";
import { recordedSession } from "./recorded-session.fixture.ts";
import { renderPage } from "./render-page.ts";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** A browser of this machine; null where there is none. */
export function installedBrowser(): string | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return found.find((path) => existsSync(path)) ?? null;
}

export function launch(executablePath: string): Promise<Browser> {
  const quiet = [
    "no-first-run",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
  ];
  const args = ["no-sandbox", "disable-gpu", "disable-quic", ...quiet].map((name) => `--${name}`);
  return chromium.launch({ executablePath, args });
}

/** Makes what pages carry from the sources, where `npm run build` puts it. */
export async function buildAssets(): Promise<void> {
  const cwd = fileURLToPath(new URL("../..", import.meta.url));
  await build({ cwd, filter: /^page$/, logLevel: "silent" });
}

/** What a reader has set for all pages. */
export type Look = Parameters<Page["emulateMedia"]>[0];

const usualLook: Look = {
  colorScheme: "light",
  reducedMotion: "no-preference",
  forcedColors: "none",
};

/** What went wrong or left the machine while somebody looked at a page. */
export interface Watched {
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

/** Opens a file in a window that others may have used: it is as it was when it was new. */
export async function open(page: Page, file: string, look: Look = {}): Promise<Watched> {
  page.removeAllListeners();
  // An address that differs from the one before by its fragment alone would load nothing.
  await page.goto("about:blank");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ ...usualLook, ...look });
  await page.mouse.move(0, 0);
  const complaints: string[] = [];
  const requests: string[] = [];
  const address = pathToFileURL(file).href;
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`thrown: ${String(error)}`));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== address) requests.push(request.url());
  });
  await page.goto(address);
  await page.waitForSelector("[role=treeitem]");
  return { complaints, requests };
}

/** Writes the page of a session into a folder. */
export function pageFile(
  folder: string,
  name: string,
  drafts: Iterable<EventDraft>,
  limits: Partial<PageLimits> = {},
): string {
  const { report, view, content } = recordedSession(drafts);
  const file = join(folder, `${name}.html`);
  writeFileSync(
    file,
    renderPage(pageDataOf(report, view, content, { ...defaultLimits, ...limits }), builtAssets()),
  );
  return file;
}

/** Resolves when the page has drawn what the last key changed. */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await nextFrame(page);
  }
}

export async function nextFrame(page: Page): Promise<void> {
  await page.evaluate("new Promise(requestAnimationFrame)");
}

/** What somebody would be told is selected in the view that is shown. */
export function selected(page: Page): Promise<string> {
  return page.locator(".panel:not([hidden]) [aria-selected=true]").innerText();
}

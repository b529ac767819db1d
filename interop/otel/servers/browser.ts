import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { installed } from "./installed.ts";

const quiet = [
  "no-sandbox",
  "disable-gpu",
  "disable-quic",
  "no-first-run",
  "disable-background-networking",
  "disable-component-update",
  "disable-sync",
];

/** Where what was seen is kept, for people to look at. */
const pictures = fileURLToPath(
  new URL("../../../node_modules/.cache/spoor-interop/", import.meta.url),
);
/** The pages are large, and machines busy. */
const patienceMs = 60_000;

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: installed("chromium"),
    args: quiet.map((name) => `--${name}`),
  });

/** A page as somebody with a large window sees it. */
export async function openPage(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 1200 } });
  page.setDefaultTimeout(patienceMs);
  await page.goto(address, { timeout: patienceMs });
  return page;
}

/** Waits until all of these can be seen. Throws where one never comes; of what there is to see then, a picture is taken in any case. */
export async function seen(page: Page, texts: readonly string[], picture: string): Promise<void> {
  try {
    for (const text of texts)
      await page.getByText(text).filter({ visible: true }).first().waitFor({ state: "visible" });
  } finally {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${picture}.png`) });
  }
}

import { Buffer } from "node:buffer";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import process from "node:process";
import type { ContentReader, SessionReport, SessionView } from "@spoor/core";
import { BadInput } from "../bad-input.ts";
import { plural } from "../printing/output.ts";
import { pageDataOf } from "./data/page-data-of.ts";
import { builtAssets, type PageAssets } from "./page-assets.ts";
import type { LeftOut } from "./page-data.ts";
import { renderPage } from "./render-page.ts";

/** What a page is made from. */
export interface PageSource {
  readonly report: SessionReport;
  readonly view: SessionView;
  readonly content: ContentReader;
}

/** What `spoor show --html --json` prints. Fields are added, their meanings never change. */
export interface WrittenPage {
  readonly session: string;
  readonly file: string;
  readonly bytes: number;
  readonly turns: number;
  readonly spans: number;
  readonly leftOut: LeftOut;
}

/** Writes the page of a session into a file, whole or not at all, for its owner only to read. Throws `BadInput` where that cannot be written. */
export function writePage(
  file: string,
  { report, view, content }: PageSource,
  assets: PageAssets = builtAssets(),
): WrittenPage {
  const data = pageDataOf(report, view, content);
  const page = Buffer.from(renderPage(data, assets));
  const beside = `${file}.${process.pid}.part`;
  try {
    writeFileSync(beside, page, { mode: 0o600 });
    renameSync(beside, file);
  } catch (cause) {
    rmSync(beside, { force: true });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BadInput(`cannot write the page to ${file}: ${reason}`, { cause });
  }
  return {
    session: view.id,
    file,
    bytes: page.byteLength,
    turns: data.turns.length,
    spans: data.spans.length,
    leftOut: data.leftOut,
  };
}

/** For people: where it is, how large, and what did not fit. */
export function writtenText({ file, bytes, spans, turns, leftOut }: WrittenPage): string {
  const size =
    bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  const missing = [
    ...(leftOut.turns > 0
      ? [`without the spans of the first ${plural(leftOut.turns, "turn")}`]
      : []),
    ...(leftOut.ofLastTurn > 0
      ? [`without the first ${plural(leftOut.ofLastTurn, "span")} of the last turn`]
      : []),
    ...(leftOut.ofNoTurn > 0
      ? [`without the first ${plural(leftOut.ofNoTurn, "span")} in no turn`]
      : []),
    ...(leftOut.texts > 0 ? [`${plural(leftOut.texts, "text")} cut`] : []),
  ];
  return [`${file}  ${size}`, plural(turns, "turn"), plural(spans, "span"), ...missing].join(", ");
}

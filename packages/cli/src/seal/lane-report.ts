import { Buffer } from "node:buffer";
import { AuditError, formatVerifierKey } from "@spoor/core/audit";
import { plural } from "../printing/output.ts";
import { printable } from "../printing/printable.ts";
import { withFix } from "../printing/with-fix.ts";
import type { LaneReport } from "./seal-lanes.ts";

/** A lane for people. */
export function laneLines({
  sealing,
  formerKey,
  published,
  unpublished,
}: LaneReport): readonly string[] {
  const publication = [
    ...(published === null
      ? []
      : [`  published in ${printable(published.folder)}, ${published.added} of them now`]),
    ...(unpublished === null ? [] : [`  not published: ${sentenceOf(unpublished)}`]),
  ];
  const rotation =
    formerKey === null
      ? []
      : [`  this key is new, and the one before it (${formerKey.id}) has signed for it`];
  return [...sealingLines(sealing), ...rotation, ...publication];
}

function sealingLines(sealing: LaneReport["sealing"]): readonly string[] {
  const { lane } = sealing;
  switch (sealing.kind) {
    case "sealed":
      return [
        `lane ${lane}: ${sealing.size} ${sealing.size === 1 ? "entry" : "entries"} sealed, ${sealing.added} of them now`,
        `  root ${base64Of(sealing.root)}`,
        `  key  ${printable(formatVerifierKey(sealing.key))}`,
        ...sealing.unwitnessed.map((error) => `  not witnessed: ${sentenceOf(error)}`),
      ];
    case "empty":
      return [`lane ${lane}: nothing was recorded yet`];
    case "busy":
      return [`lane ${lane}: not sealed, because somebody else is at it and does not end`];
    case "failed":
      return [`lane ${lane}: not sealed: ${sentenceOf(sealing.error)}`];
    default:
      return sealing satisfies never;
  }
}

/** The one moment at which a person can be told what a seal is worth; null: no key was made. */
export function newKeySentence(reports: readonly LaneReport[]): string | null {
  const files = reports.flatMap(({ sealing }) =>
    sealing.kind === "sealed" && sealing.isNewKey ? [sealing.keyFile ?? ""] : [],
  );
  const [first, ...others] = files;
  if (first === undefined) return null;
  const which = others.length === 0 ? first : `${first} and ${plural(others.length, "other")}`;
  return `made a key, which lies beside its log (${which}): whoever can read it can write another history and sign it, so the seal proves something only to those who keep a copy of root or checkpoint elsewhere`;
}

interface LaneJson {
  readonly lane: string;
  readonly status: LaneReport["sealing"]["kind"];
  readonly entries: number | null;
  readonly added: number | null;
  readonly root: string | null;
  readonly origin: string | null;
  readonly key: string | null;
  readonly formerKey: string | null;
  readonly newKeyFile: string | null;
  readonly unwitnessed: readonly string[];
  readonly published: { readonly folder: string; readonly added: number } | null;
  readonly error: ErrorJson | null;
}

interface ErrorJson {
  readonly code: string | null;
  readonly message: string;
  readonly fix: string | null;
}

/** A lane for programs. */
export function laneJson({ sealing, formerKey, published, unpublished }: LaneReport): LaneJson {
  const sealed = sealing.kind === "sealed" ? sealing : null;
  const error = sealing.kind === "failed" ? sealing.error : unpublished;
  return {
    lane: sealing.lane,
    status: sealing.kind,
    entries: sealed?.size ?? null,
    added: sealed?.added ?? null,
    root: sealed && base64Of(sealed.root),
    origin: sealed?.key.name ?? null,
    key: sealed && formatVerifierKey(sealed.key),
    formerKey: formerKey && formatVerifierKey(formerKey),
    newKeyFile: sealed?.isNewKey ? sealed.keyFile : null,
    unwitnessed: sealed?.unwitnessed.map(sentenceOf) ?? [],
    published: published && { folder: published.folder, added: published.added },
    error: error && errorJson(error),
  };
}

function errorJson(error: Error): ErrorJson {
  const { message } = error;
  return AuditError.is(error)
    ? { code: error.code, message, fix: error.fix }
    : { code: null, message, fix: null };
}

function sentenceOf(error: Error): string {
  return printable(AuditError.is(error) ? withFix(error.message, error.fix) : error.message);
}

const base64Of = (hash: string): string => Buffer.from(hash, "hex").toString("base64");

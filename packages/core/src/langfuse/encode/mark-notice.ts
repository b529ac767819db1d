import type { Ending } from "../../otlp/encode/overlays/langfuse/ending.ts";
import type { ToldMark } from "../facts/mark-facts.ts";

const notice = (statusMessage: string | null): Ending => ({ level: "DEFAULT", statusMessage });
const warning = (statusMessage: string): Ending => ({ level: "WARNING", statusMessage });

/** What a mark says in short, and how loud: of its facts alone, so that it may always go out. An interrupt is a question and no error. */
export function noticeOf(mark: ToldMark): Ending {
  switch (mark.type) {
    case "message.sent":
    case "message.received":
      return notice(`${mark.role}${address(mark)}`);
    case "message.unhandled":
      return warning(`${mark.fate}${address(mark)}`);
    case "handoff.made":
      return notice(`to ${mark.to}`);
    case "interrupt.raised":
    case "interrupt.resolved":
      return notice(mark.wait ?? null);
    case "attempt.failed":
      return warning(mark.errorType);
    case "decision.made":
      return notice(mark.kind);
    case "checkpoint.saved":
      return notice(mark.label ?? mark.checkpoint);
    case "checkpoint.restored":
      return notice(mark.checkpoint);
    case "checkpoint.removed":
      return notice(mark.checkpoint ?? null);
    case "checkpoint.refused":
      return warning(mark.errorType);
    case "limit.reached":
      return warning(`${mark.limit}: ${mark.value}`);
    case "finding.raised":
      return { level: severities[mark.severity], statusMessage: mark.code };
    case "log.written":
      return { level: levelNamed(mark.level), statusMessage: mark.level };
    case "native.noted":
      return mark.warns === true
        ? warning(mark.name)
        : { level: "DEBUG", statusMessage: mark.name };
    default:
      return mark satisfies never;
  }
}

const address = ({ from, to }: { readonly from?: string; readonly to?: string }): string =>
  `${from === undefined ? "" : ` from ${from}`}${to === undefined ? "" : ` to ${to}`}`;

const severities = { info: "DEFAULT", warning: "WARNING", critical: "ERROR" } as const;

/** Loggers agree on the words, if not on how to spell them. */
function levelNamed(level: string): Ending["level"] {
  const word = level.toLowerCase();
  if (/^(?:trace|debug|verbose|silly)$/.test(word)) return "DEBUG";
  if (word.startsWith("warn")) return "WARNING";
  return /^(?:err|crit|fatal|alert|emerg)/.test(word) ? "ERROR" : "DEFAULT";
}

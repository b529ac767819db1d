import { basename } from "node:path";
import { ConfigError } from "./config-error.ts";
import { systemCode } from "../journal/disk/journal-error.ts";

interface Explanation {
  /** After the name of the file and the line. */
  readonly happened: string;
  readonly fix: string;
}

/** Why a config that is code could not be imported, in one sentence, and what helps. */
export function importFailure(path: string, cause: unknown): ConfigError {
  const { happened, fix } = explained(cause);
  const message = `${placeOf(cause) ?? basename(path)} ${happened}`;
  return new ConfigError("UNREADABLE", message, { fix, cause });
}

function explained(cause: unknown): Explanation {
  const message = (cause instanceof Error ? cause.message : String(cause)).replaceAll(/\s+/g, " ");
  const correct = "Correct it there.";
  switch (systemCode(cause)) {
    case "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX":
      return {
        happened: `cannot be run as it is: ${message}`,
        fix: "Write it without enum, namespace and parameter properties: Node strips types and compiles nothing.",
      };
    case "ERR_INVALID_TYPESCRIPT_SYNTAX":
      return { happened: `has a syntax error: ${message}`, fix: correct };
    case "ERR_UNKNOWN_FILE_EXTENSION":
      return {
        happened: "is TypeScript, which this Node does not run",
        fix: "Use Node 22.18 or later, or write spoor.config.mjs or spoor.config.json.",
      };
    case "ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING":
      return {
        happened: "is TypeScript under node_modules, which Node does not run",
        fix: "Put the config beside your package.json.",
      };
    case "ERR_MODULE_NOT_FOUND":
      return {
        happened: `imports what is not there: ${message}`,
        fix: "Install the package, or correct the name of what is imported.",
      };
    default:
      return cause instanceof SyntaxError
        ? { happened: `cannot be read: ${message}`, fix: correct }
        : { happened: `fails when it is run: ${message}`, fix: correct };
  }
}

/** Of an error in the text of a file, Node tells the place in the first line of the stack, and nowhere else. */
function placeOf(cause: unknown): string | null {
  const first = cause instanceof SyntaxError ? cause.stack?.split("\n", 1)[0] : undefined;
  const [, path, line] = /^(?:file:\/\/)?(\/.*|[A-Za-z]:\\.*):(\d+)$/.exec(first ?? "") ?? [];
  return path === undefined ? null : `${basename(path)}:${line}`;
}

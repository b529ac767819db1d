import { basename, dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ConfigError } from "./config-error.ts";
import { systemCode } from "../journal/disk/journal-error.ts";

interface Explanation {
  /** After the name of the file and the line. */
  readonly happened: string;
  readonly fix: string;
}

/**
 * Why a config that is code could not be imported, in one sentence, and what helps. Of its stack only the frame is left in which a person can do
 * something; the rest is that of its cause.
 */
export function importFailure(path: string, cause: unknown): ConfigError {
  const { happened, fix } = explained(cause);
  const frames = framesIn(cause);
  const own = frames.find((frame) => frame.path === path);
  // Who waits for the config stands in the stack as well, and has thrown nothing.
  const frame = own ?? frames.find(({ text }) => !text.startsWith("    at async "));
  const place = placeInText(cause) ?? (own ? `${basename(path)}:${own.line}` : basename(path));
  const elsewhere = frame && frame !== own ? `, at ${fromBeside(path, frame)}` : "";
  const error = new ConfigError("UNREADABLE", `${place} ${happened}${elsewhere}`, { fix, cause });
  error.stack = [`${error.name}: ${error.message}`, ...(frame ? [frame.text] : [])].join("\n");
  return error;
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
        : {
            happened: `fails when it is run: ${message}`,
            fix: "Correct it there, or start this with the variables that it reads.",
          };
  }
}

/** Of an error in the text of a file, Node tells the place in the first line of the stack, and nowhere else. */
function placeInText(cause: unknown): string | null {
  const first = cause instanceof SyntaxError ? cause.stack?.split("\n", 1)[0] : undefined;
  const [, path, line] = /^(?:file:\/\/)?(\/.*|[A-Za-z]:\\.*):(\d+)$/.exec(first ?? "") ?? [];
  return path === undefined ? null : `${basename(path)}:${line}`;
}

interface Frame {
  readonly path: string;
  readonly line: string;
  /** As it stands in the stack. */
  readonly text: string;
}

const frameForm =
  /^ {4}at (?:async |.*\()?(?<place>file:\/\/.+|\/.+|[A-Za-z]:\\.+):(?<line>\d+):\d+\)?$/;

/** The innermost first. What packages and Node do themselves is nobody's to correct. */
function framesIn(cause: unknown): readonly Frame[] {
  const stack = cause instanceof Error ? (cause.stack ?? "") : "";
  return stack.split("\n").flatMap((text) => {
    const { place, line } = frameForm.exec(text)?.groups ?? {};
    if (place === undefined || line === undefined) return [];
    const path = place.startsWith("file:") ? fileURLToPath(place) : place;
    return path.includes("node_modules") || path.startsWith(thisFolder)
      ? []
      : [{ path, line, text }];
  });
}

const thisFolder = fileURLToPath(new URL(".", import.meta.url));

const fromBeside = (path: string, frame: Frame): string =>
  `${relative(dirname(path), frame.path)}:${frame.line}`;

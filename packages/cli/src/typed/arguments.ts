import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { nearestName } from "@spoor/core";
import { BadInput } from "../bad-input.ts";

/** Every command has them. */
const common = {
  dir: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsOptionsConfig;

type OptionKind = "string" | "boolean";
type Kinds = Readonly<Record<string, OptionKind>>;
type ValueOf<Kind extends OptionKind> = Kind extends "string" ? string : boolean;

export type Arguments<Own extends Kinds> = {
  readonly positionals: readonly string[];
  readonly dir?: string;
  readonly json?: boolean;
} & { readonly [Name in keyof Own]?: ValueOf<Own[Name]> };

/**
 * What stands after a command, told apart. Throws `BadInput` for an option that the command does not have, for one that takes a value and is given
 * twice, and for what is empty, as a variable of the shell is that nobody has set.
 */
export function readArguments<const Own extends Kinds>(
  command: string,
  args: readonly string[],
  own: Own,
): Arguments<Own> {
  const options: ParseArgsOptionsConfig = { ...common };
  for (const [name, type] of Object.entries(own)) options[name] = { type };
  const { values, positionals, tokens } = parsed(command, args, options);
  refuseSlips(command, tokens);
  const found: unknown = { ...values, positionals };
  return found as Arguments<Own>;
}

/** The same of a command that takes options only. */
export function readOptions<const Own extends Kinds>(
  command: string,
  args: readonly string[],
  own: Own,
): Arguments<Own> {
  const found = readArguments(command, args, own);
  const [surplus] = found.positionals;
  if (surplus === undefined) return found;
  throw new BadInput(`${command} takes options only, not ${surplus}: ${seeHelpOf(command)}`);
}

type Parsed = ReturnType<
  typeof parseArgs<{ options: ParseArgsOptionsConfig; allowPositionals: true; tokens: true }>
>;

function parsed(command: string, args: readonly string[], options: ParseArgsOptionsConfig): Parsed {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, tokens: true });
  } catch (error) {
    throw new BadInput(complaint(command, error, Object.keys(options)), { cause: error });
  }
}

/** What is empty, and what is given twice where only one would count: nobody means either. */
function refuseSlips(command: string, tokens: Parsed["tokens"]): void {
  const given = new Set<string>();
  for (const token of tokens) {
    if (token.kind === "option-terminator" || token.value === undefined) continue;
    const what = token.kind === "option" ? `option ${token.rawName}` : `a word after ${command}`;
    if (token.value === "") throw new BadInput(`${what} is empty: ${seeHelpOf(command)}`);
    if (token.kind === "positional") continue;
    if (given.has(token.name))
      throw new BadInput(`${what} is given twice, and takes one value: ${seeHelpOf(command)}`);
    given.add(token.name);
  }
}

const seeHelpOf = (command: string): string => `see spoor ${command} --help`;

/** Looked for before anything is checked: who asks for help may not know the rest. */
export function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  const options = end < 0 ? args : args.slice(0, end);
  return options.includes("--help") || options.includes("-h");
}

function complaint(command: string, error: unknown, names: readonly string[]): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? error.code : null;
  const option = /'(--?[^\s'<,]+)/.exec(message)?.[1];
  const help = seeHelpOf(command);
  if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION" && option !== undefined) {
    const nearest = nearestName(option.replace(/^-+/, ""), names);
    const advice = nearest === null ? help : `did you mean --${nearest}?`;
    return `spoor ${command} has no option ${option}: ${advice}`;
  }
  if (code === "ERR_PARSE_ARGS_INVALID_OPTION_VALUE" && option !== undefined)
    return message.includes("does not take")
      ? `option ${option} takes no value: ${help}`
      : `option ${option} needs a value: ${help}`;
  return `${message}: ${help}`;
}

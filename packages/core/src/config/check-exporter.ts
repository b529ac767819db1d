import {
  type Check,
  code,
  exporterName,
  fieldsOf,
  flag,
  guarded,
  isPlain,
  listOf,
  longestTimerMs,
  numberWithin,
  oneOf,
  refused,
  text,
  under,
  wholeNumber,
} from "./check.ts";
import { redactor } from "./settings.ts";
import { describeReceived } from "../schema/locate.ts";

const limits = fieldsOf({
  items: wholeNumber(1),
  bytes: wholeNumber(1),
  waitMs: numberWithin(0, longestTimerMs),
});
const content = oneOf("none", "full");

/** Its own fields or those of its class; what else it has is its own business. */
const exporterFields: Readonly<Record<string, Check>> = {
  name: exporterName,
  consumes: oneOf("spans", "events"),
  export: code,
};
const optionalFields: Readonly<Record<string, Check>> = {
  content,
  limits,
  unsampled: oneOf("filter", "send"),
  sample: numberWithin(0, 1),
  takes: listOf(text),
  companion: (value, path) => companion(value, path),
  check: code,
  close: code,
};

const exporter: Check = (value, path) => {
  if (!isLikeExporter(value)) return refused(path, notAnExporter(value));
  const fields = [
    ...Object.entries(exporterFields),
    ...Object.entries(optionalFields).filter(([field]) => value[field] !== undefined),
  ];
  const problems = fields.flatMap(
    ([field, check]) => check(value[field], under(path, field)).problems,
  );
  return { value, problems };
};

const companion: Check = (value, path) => {
  const checked = exporter(value, path);
  if (checked.problems.length > 0 || !isLikeExporter(value)) return checked;
  return value["consumes"] === "events"
    ? checked
    : refused(under(path, "consumes"), 'expected "events", because a companion takes facts');
};

/** What a route may say of any exporter: the one table of its fields, for code and for JSON. */
export const routeSettings: Readonly<Record<string, Check>> = {
  sample: numberWithin(0, 1),
  keepErrors: flag,
  content,
};

const routeFields = fieldsOf({ to: exporter, redact: redactor, ...routeSettings }, ["to"]);

const route: Check = (value, path) => {
  const checked = routeFields(value, path);
  return {
    value: checked.value,
    problems: [...checked.problems, ...conditionsOnEvents(value, path)],
  };
};

/** An exporter, or an exporter and what it may see. */
export const exporterOrRoute: Check = guarded((value, path) =>
  isPlain(value) && Object.hasOwn(value, "to") ? route(value, path) : exporter(value, path),
);

/** A share of the events of a turn would be a turn that never ends, or never began. */
function conditionsOnEvents(route: unknown, path: string): readonly string[] {
  if (!isPlain(route) || !isLikeExporter(route["to"]) || route["to"]["consumes"] !== "events")
    return [];
  return ["sample", "keepErrors"]
    .filter((condition) => route[condition] !== undefined)
    .flatMap((condition) => {
      const reason =
        "an exporter of events gets all of them, because they make sense only together";
      return refused(under(path, condition), `${reason}: leave it out`).problems;
    });
}

/** A name is a cursor: two exporters that share one would each skip what the other has sent. */
export function sharedNames(exporters: unknown, path: string): readonly string[] {
  if (!Array.isArray(exporters)) return [];
  const named = exporters.flatMap((given: unknown, place) =>
    namesOf(given).map((name) => ({ name, place })),
  );
  const shared = named.flatMap(({ name, place }, index) => {
    const first = named.findIndex((other) => other.name === name);
    return first === index ? [] : [{ name, place, first: named[first]?.place }];
  });
  // Where the names of two are the same, so are those of their companions.
  const told = shared.filter(
    ({ place }, index) => !shared.slice(0, index).some((other) => other.place === place),
  );
  return told.flatMap(({ name, place, first }) => {
    const sentence = `\`${path}[${first}]\` is named ${name} too: give each a name of its own`;
    return refused(`${path}[${place}]`, sentence).problems;
  });
}

/** Its own, and that of its companion. */
function namesOf(given: unknown): readonly string[] {
  const exporter = isPlain(given) && Object.hasOwn(given, "to") ? given["to"] : given;
  if (!isLikeExporter(exporter)) return [];
  return [exporter, exporter["companion"]].flatMap((each) => {
    const name = isLikeExporter(each) ? each["name"] : null;
    return typeof name === "string" && name !== "" ? [name] : [];
  });
}

function isLikeExporter(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.keys(exporterFields).some((field) => field in value)
  );
}

function notAnExporter(value: unknown): string {
  const received = `received ${describeReceived(value)}`;
  if (typeof value === "function")
    return `received the function ${value.name || "itself"}: call it`;
  if (value instanceof Promise) return "received a promise: await it";
  if (typeof value === "string")
    return `${received}: by name exporters are given in spoor.config.json, in code call them, such as otel()`;
  return `${received}, neither an exporter (\`name\`, \`consumes\`, \`export\`) nor a route (\`{ to: exporter }\`)`;
}

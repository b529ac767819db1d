import type { IncomingHttpHeaders } from "node:http";
import { expectTypeOf } from "vitest";
import type { Extracted } from "./extract.ts";
import { inject, type Propagated } from "./inject.ts";
import { rawList } from "./media/entries.ts";
import { type Environment, environment } from "./media/environment.ts";

declare const context: Propagated;
declare const extracted: Extracted;
declare const incoming: IncomingHttpHeaders;
declare const messageHeaders: Record<string, Buffer>;
declare const pairs: readonly (readonly [string, string])[];

expectTypeOf(extracted).toExtend<Propagated>();
expectTypeOf(inject(context, {})).toEqualTypeOf<Record<string, string>>();
expectTypeOf(inject(context, { accept: "x" })).toEqualTypeOf<Record<string, string>>();
expectTypeOf(inject(context, incoming)).toEqualTypeOf<
  Record<string, string | string[] | undefined>
>();
expectTypeOf(inject(context, messageHeaders)).toEqualTypeOf<Record<string, Buffer | string>>();
expectTypeOf(inject(context, new Headers())).toEqualTypeOf<Headers>();
expectTypeOf(inject(context, new Map<string, string>())).toEqualTypeOf<Map<string, string>>();
expectTypeOf(inject(context, pairs)).toEqualTypeOf<[string, string][]>();
expectTypeOf(inject(context, rawList([]))).toEqualTypeOf<readonly string[]>();
expectTypeOf(inject(context, environment(process.env))).toEqualTypeOf<Environment>();

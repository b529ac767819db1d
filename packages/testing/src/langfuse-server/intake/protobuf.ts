import type { Buffer } from "node:buffer";
import type { Loose } from "../loose.ts";

/** How a field is written, and what it is called in the JSON form. */
interface Field {
  readonly name: string;
  readonly many?: true;
  readonly read: (value: bigint | Buffer) => unknown;
}

type Message = Readonly<Record<number, Field>>;

const text = (name: string): Field => ({ name, read: (value) => String(value) });
const bytes = (name: string): Field => ({ name, read: (value) => value });
const small = (name: string): Field => ({ name, read: Number });
const time = (name: string): Field => ({
  name,
  read: (value) => String((value as Buffer).readBigUInt64LE()),
});
const one = (name: string, fields: () => Message): Field => ({
  name,
  read: (value) => messageIn(value as Buffer, fields()),
});
const many = (name: string, fields: () => Message): Field => ({
  ...one(name, fields),
  many: true,
});

const anyValue: Message = {
  1: text("stringValue"),
  2: { name: "boolValue", read: Boolean },
  3: { name: "intValue", read: (value) => String(BigInt.asIntN(64, value as bigint)) },
  4: { name: "doubleValue", read: (value) => (value as Buffer).readDoubleLE() },
  5: one("arrayValue", () => arrayValue),
  7: bytes("bytesValue"),
};
const arrayValue: Message = { 1: many("values", () => anyValue) };
const keyValue: Message = { 1: text("key"), 2: one("value", () => anyValue) };
const attributes = many("attributes", () => keyValue);
const event: Message = { 1: time("timeUnixNano"), 2: text("name"), 3: attributes };
const status: Message = { 2: text("message"), 3: small("code") };
const span: Message = {
  1: bytes("traceId"),
  2: bytes("spanId"),
  4: bytes("parentSpanId"),
  5: text("name"),
  6: small("kind"),
  7: time("startTimeUnixNano"),
  8: time("endTimeUnixNano"),
  9: attributes,
  11: many("events", () => event),
  15: one("status", () => status),
};
const scope: Message = { 1: text("name"), 2: text("version"), 3: attributes };
const scopeSpans: Message = { 1: one("scope", () => scope), 2: many("spans", () => span) };
const resourceSpans: Message = {
  1: one("resource", () => ({ 1: attributes })),
  2: many("scopeSpans", () => scopeSpans),
};
const request: Message = { 1: many("resourceSpans", () => resourceSpans) };

/** A request for traces in the binary form of OTLP, under the names of its JSON form; ids as bytes. Throws for bytes that end too early. */
export function tracesIn(body: Buffer): Loose {
  return messageIn(body, request);
}

function messageIn(body: Buffer, fields: Message): Loose {
  const message: Record<string, unknown> = {};
  for (const [number, value] of fieldsIn(body)) {
    const field = fields[number];
    if (field === undefined) continue;
    const { name, read } = field;
    if (field.many) message[name] = [...((message[name] as unknown[]) ?? []), read(value)];
    else message[name] = read(value);
  }
  return message;
}

function* fieldsIn(body: Buffer): Generator<readonly [number, bigint | Buffer]> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = body.readUInt8(at);
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const taken = (size: number): Buffer => {
    if (at + size > body.length) throw new RangeError(`expected ${size} more bytes`);
    at += size;
    return body.subarray(at - size, at);
  };
  while (at < body.length) {
    const tag = varint();
    const wire = Number(tag & 7n);
    if (wire === 0) yield [Number(tag >> 3n), varint()];
    else if (wire === 1) yield [Number(tag >> 3n), taken(8)];
    else if (wire === 2) yield [Number(tag >> 3n), taken(Number(varint()))];
    else if (wire === 5) yield [Number(tag >> 3n), taken(4)];
    else throw new RangeError(`expected a wire type, received ${wire}`);
  }
}

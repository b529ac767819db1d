import { BackwardWriter } from "./backward-writer.ts";

const varint = 0;
const sixtyFour = 1;
const delimited = 2;
const thirtyTwo = 5;

/** How values of one kind are written. `isDefault`: a field that says this is left out. */
export interface Kind<Value> {
  readonly wire: typeof varint | typeof sixtyFour | typeof delimited | typeof thirtyTwo;
  readonly write: (writer: BackwardWriter, value: Value) => void;
  readonly isDefault?: (value: Value) => boolean;
}

/** A field of a message: its number, and how it is written. */
export interface Field<Value> {
  readonly write: (writer: BackwardWriter, value: Value) => void;
}

export const text: Kind<string> = {
  wire: delimited,
  write: (writer, value) => withLength(writer, () => writer.text(value)),
  isDefault: (value) => value === "",
};

/** An id, which JSON writes in hexadecimal digits. */
export const id: Kind<string> = {
  wire: delimited,
  write: (writer, value) => withLength(writer, () => writer.hexadecimal(value)),
};

export const enumeration: Kind<number> = {
  wire: varint,
  write: (writer, value) => writer.varint(value),
  isDefault: (value) => value === 0,
};

export const flag: Kind<boolean> = {
  wire: varint,
  write: (writer, value) => writer.varint(value ? 1 : 0),
};

/** A signed 64-bit number, which JSON writes as text. */
export const integer: Kind<string> = {
  wire: varint,
  write: (writer, value) => writer.varint64(BigInt(value)),
};

export const double: Kind<number> = {
  wire: sixtyFour,
  write: (writer, value) => writer.double(value),
};

/** An unsigned 64-bit number, which JSON writes as text. */
export const fixed64: Kind<string> = {
  wire: sixtyFour,
  write: (writer, value) => writer.fixed64(BigInt(value)),
};

export const fixed32: Kind<number> = {
  wire: thirtyTwo,
  write: (writer, value) => writer.fixed32(value),
  isDefault: (value) => value === 0,
};

/** Once, where it says more than its default. */
export function field<Value>(number: number, kind: Kind<Value>): Field<Value> {
  return {
    write(writer, value) {
      if (!kind.isDefault?.(value)) tagged(writer, number, kind, value);
    },
  };
}

/** As often as there are values, each with its tag. */
export function repeated<Value>(number: number, kind: Kind<Value>): Field<readonly Value[]> {
  return {
    write(writer, values) {
      for (let index = values.length - 1; index >= 0; index -= 1)
        tagged(writer, number, kind, values[index] as Value);
    },
  };
}

/** All values under one tag. */
export function packed<Value>(number: number, kind: Kind<Value>): Field<readonly Value[]> {
  const all: Kind<readonly Value[]> = {
    wire: delimited,
    write: (writer, values) =>
      withLength(writer, () => {
        for (let index = values.length - 1; index >= 0; index -= 1)
          kind.write(writer, values[index] as Value);
      }),
    isDefault: (values) => values.length === 0,
  };
  return field(number, all);
}

/** Every field of a message in the order of its numbers; a field that was forgotten here does not compile. */
export type Fields<Message> = {
  readonly [Name in keyof Message]-?: Field<NonNullable<Message[Name]>>;
};

export function message<Message extends object>(fields: Fields<Message>): Kind<Message> {
  const write = writerOf(fields);
  return {
    wire: delimited,
    write: (writer, value) => withLength(writer, () => write(writer, value)),
  };
}

/** A message as a whole, without a length before it. */
export function encodeWith<Message extends object>(
  fields: Fields<Message>,
  value: Message,
): Uint8Array<ArrayBuffer> {
  const writer = new BackwardWriter();
  writerOf(fields)(writer, value);
  return writer.bytes();
}

function writerOf<Message extends object>(
  fields: Fields<Message>,
): (writer: BackwardWriter, value: Message) => void {
  const lastFirst = (Object.keys(fields) as (keyof Message)[]).toReversed();
  return (writer, value) => {
    for (const name of lastFirst) {
      const said = value[name];
      if (said !== undefined && said !== null) fields[name].write(writer, said);
    }
  };
}

function tagged<Value>(
  writer: BackwardWriter,
  number: number,
  kind: Kind<Value>,
  value: Value,
): void {
  kind.write(writer, value);
  writer.varint(number * 8 + kind.wire);
}

function withLength(writer: BackwardWriter, write: () => void): void {
  const before = writer.length;
  write();
  writer.varint(writer.length - before);
}

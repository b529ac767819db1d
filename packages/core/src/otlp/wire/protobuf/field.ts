import { BackwardWriter } from "./backward-writer.ts";

const varint = 0;
const sixtyFour = 1;
const delimited = 2;
const thirtyTwo = 5;

type Write<Value> = (writer: BackwardWriter, value: Value) => void;

/** How values of one kind are written, without what stands before them. `isDefault`: a field that says this is left out. */
export interface Kind<Value> {
  readonly wire: typeof varint | typeof sixtyFour | typeof delimited | typeof thirtyTwo;
  readonly write: Write<Value>;
  readonly isDefault?: (value: Value) => boolean;
}

/** A field of a message: how it is written, with its number. */
export interface Field<Value> {
  readonly write: Write<Value>;
}

export const text: Kind<string> = {
  wire: delimited,
  write: (writer, value) => writer.text(value),
  isDefault: (value) => value === "",
};

/** An id, which JSON writes in hexadecimal digits. */
export const id: Kind<string> = {
  wire: delimited,
  write: (writer, value) => writer.hexadecimal(value),
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
  write(writer, value) {
    const number = Number(value);
    if (number >= 0 && number < 2 ** 31) writer.varint(number);
    else writer.varint64(BigInt(value));
  },
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
  const { write } = variant(number, kind);
  const { isDefault } = kind;
  if (isDefault === undefined) return { write };
  return {
    write(writer, value) {
      if (!isDefault(value)) write(writer, value);
    },
  };
}

/** One of several of which a message has one: also where it says no more than its default, because which one it is says something. */
export function variant<Value>(number: number, { wire, write }: Kind<Value>): Field<Value> {
  const tag = number * 8 + wire;
  const hasLength = wire === delimited;
  return {
    write(writer, value) {
      const before = writer.length;
      write(writer, value);
      if (hasLength) writer.varint(writer.length - before);
      writer.varint(tag);
    },
  };
}

/** As often as there are values, each with its number. */
export function repeated<Value>(number: number, kind: Kind<Value>): Field<readonly Value[]> {
  return { write: lastFirst(variant(number, kind).write) };
}

/** All values under one number. */
export function packed<Value>(number: number, { write }: Kind<Value>): Field<readonly Value[]> {
  return field(number, {
    wire: delimited,
    write: lastFirst(write),
    isDefault: (values: readonly Value[]) => values.length === 0,
  });
}

function lastFirst<Value>(write: Write<Value>): Write<readonly Value[]> {
  return (writer, values) => {
    for (let index = values.length - 1; index >= 0; index -= 1)
      write(writer, values[index] as Value);
  };
}

/** Every field of a message in the order of its numbers; a field that was forgotten here does not compile. */
export type Fields<Message> = {
  readonly [Name in keyof Message]-?: Field<NonNullable<Message[Name]>>;
};

export function message<Message extends object>(fields: Fields<Message>): Kind<Message> {
  const lastFirst = fieldsOf(fields).toReversed();
  return {
    wire: delimited,
    write(writer, value) {
      for (const { name, write } of lastFirst) {
        const said = value[name];
        if (said !== undefined && said !== null) write(writer, said);
      }
    },
  };
}

/** A message that has one of its fields. What is met most often stands first. */
export function oneOf<Message extends object>(variants: Fields<Message>): Kind<Message> {
  const all = fieldsOf(variants);
  return {
    wire: delimited,
    write(writer, value) {
      for (const { name, write } of all) {
        const said = value[name];
        if (said !== undefined && said !== null) return write(writer, said);
      }
    },
  };
}

interface NamedField<Message> {
  readonly name: keyof Message;
  readonly write: Write<NonNullable<Message[keyof Message]>>;
}

function fieldsOf<Message extends object>(fields: Fields<Message>): readonly NamedField<Message>[] {
  const names = Object.keys(fields) as (keyof Message)[];
  return names.map((name) => ({ name, write: fields[name].write }));
}

/** A message as a whole: nothing stands before it. */
export function encodeWith<Message extends object>(
  { write }: Kind<Message>,
  value: Message,
): Uint8Array<ArrayBuffer> {
  const writer = new BackwardWriter();
  write(writer, value);
  return writer.bytes();
}

/** Room for a batch of usual size. */
const firstSize = 64 * 1024;
const shortText = 48;
const [zero, nine, letterA] = [0x30, 0x39, 0x61];

/**
 * Writes from the end to the beginning: a message's length stands before it, and so it is known when it has to be written. Who writes says
 * what comes last first.
 */
export class BackwardWriter {
  #buffer: Buffer<ArrayBuffer> = Buffer.allocUnsafe(firstSize);
  #view: DataView = new DataView(this.#buffer.buffer, this.#buffer.byteOffset, firstSize);
  #at: number = firstSize;

  /** How much has been written: what lies between two of these is as long as their difference. */
  get length(): number {
    return this.#buffer.length - this.#at;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(this.#at);
  }

  text(text: string): void {
    if (text.length <= shortText && this.#ascii(text)) return;
    const size = Buffer.byteLength(text);
    this.#makeRoom(size);
    this.#buffer.write(text, this.#at, size, "utf8");
  }

  /** Most texts are short names, for which a call out of JavaScript costs more than the letters. False: it is of other letters, nothing was written. */
  #ascii(text: string): boolean {
    const size = text.length;
    if (size > this.#at) this.#grow(size);
    const buffer = this.#buffer;
    const start = this.#at - size;
    for (let index = 0; index < size; index += 1) {
      const code = text.charCodeAt(index);
      if (code >= 0x80) return false;
      buffer[start + index] = code;
    }
    this.#at = start;
    return true;
  }

  /** Of lower-case digits. */
  hexadecimal(digits: string): void {
    const size = digits.length / 2;
    this.#makeRoom(size);
    for (let index = 0; index < size; index += 1)
      this.#buffer[this.#at + index] =
        nibbleAt(2 * index, digits) * 16 + nibbleAt(2 * index + 1, digits);
  }

  fixed32(value: number): void {
    this.#makeRoom(4);
    this.#view.setUint32(this.#at, value, true);
  }

  fixed64(value: bigint): void {
    this.#makeRoom(8);
    this.#view.setBigUint64(this.#at, value, true);
  }

  double(value: number): void {
    this.#makeRoom(8);
    this.#view.setFloat64(this.#at, value, true);
  }

  /** Of a whole number from 0 to 2³¹ − 1: a length, a tag, an enum. */
  varint(value: number): void {
    if (value < 0x80) {
      this.#makeRoom(1);
      this.#buffer[this.#at] = value;
      return;
    }
    let size = 1;
    for (let rest = value >>> 7; rest > 0; rest >>>= 7) size += 1;
    this.#makeRoom(size);
    let rest = value;
    for (let index = 0; index < size; index += 1, rest >>>= 7)
      this.#buffer[this.#at + index] = index < size - 1 ? (rest & 0x7f) | 0x80 : rest;
  }

  /** Of a signed 64-bit number: negative ones take ten bytes. */
  varint64(value: bigint): void {
    const septets: number[] = [];
    let rest = BigInt.asUintN(64, value);
    do {
      septets.push(Number(rest & 0x7fn));
      rest >>= 7n;
    } while (rest > 0n);
    this.#makeRoom(septets.length);
    for (const [index, septet] of septets.entries())
      this.#buffer[this.#at + index] = index < septets.length - 1 ? septet | 0x80 : septet;
  }

  #makeRoom(size: number): void {
    if (size > this.#at) this.#grow(size);
    this.#at -= size;
  }

  #grow(size: number): void {
    const { length } = this;
    const larger = Buffer.allocUnsafe(2 * (length + size));
    this.#buffer.copy(larger, larger.length - length, this.#at);
    this.#at = larger.length - length;
    this.#buffer = larger;
    this.#view = new DataView(larger.buffer, larger.byteOffset, larger.length);
  }
}

function nibbleAt(index: number, digits: string): number {
  const code = digits.charCodeAt(index);
  return code <= nine ? code - zero : code - letterA + 10;
}

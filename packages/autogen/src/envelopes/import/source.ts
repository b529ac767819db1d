/** Who tells: not the witness that recorded live, so that what both saw is known for one. */
export const source = "envelope";

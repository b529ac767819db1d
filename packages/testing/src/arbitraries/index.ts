export { arbitrarySession, cut, type SessionOptions, shuffled } from "./arbitrary-session.ts";

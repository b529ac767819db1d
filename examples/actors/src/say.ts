/** Hears what is said. */
export type Say = (who: string, text: string) => void;

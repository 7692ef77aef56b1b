import { en } from "./en";

/** The texts of the chosen language. */
export const text = en;

/** How a prompt names an embedding, `embedding:night`, and finding the one that is meant as its name is typed. */
import { namesLike } from "./names";

export const PREFIX = "embedding:";
/** A name ends where the sentence goes on; a backslash goes before what would end it. */
export const NAME = "(?:[.;!?]*(?:\\\\.|[^\\s()\\[\\]:|,.;!?\\\\]))+";

const MOST = 50;
const LEAST_TYPED = 2;
const AT_WORD = /(?<=^|[\s()[\]:|,])[\p{L}\p{N}][\p{L}\p{N}_-]*$/u;
const NAMED = new RegExp(`(?<=^|[\\s()\\[\\]:|,])${PREFIX}(?:\\\\.|[^\\s()\\[\\]:|,\\\\])*$`, "u");
const REST = new RegExp(`^${NAME}`, "u");

/** What could be written instead of a part of a prompt. */
export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly names: readonly string[];
  /** Whether an embedding is meant for sure, since it was begun as one; else it may be a word like others. */
  readonly sure: boolean;
}

/** The name in `embedding:name`, without the backslashes. */
export const nameOf = (raw: string): string => raw.slice(PREFIX.length).replace(/\\(.)/gu, "$1");

/** What a prompt writes for an embedding. */
export const written = (name: string): string =>
  PREFIX + name.replace(/[\s()[\]:|,\\]|[.;!?]+$/gu, (marks) => [...marks].map((mark) => `\\${mark}`).join(""));

/** The names of files as prompts say them: without their endings, each once. */
export const namesOfFiles = (files: readonly string[]): string[] => [...new Set(files.map((file) => file.replace(/\.\w+$/, "")))];

/** What the text before the cursor could become; null where nothing fits, or all is written. */
export function completionAt(prompt: string, at: number, names: readonly string[]): Completion | null {
  const before = prompt.slice(0, at);
  const [named] = NAMED.exec(before) ?? [];
  if (named !== undefined) {
    const start = at - named.length;
    const end = at + (named === PREFIX ? 0 : (REST.exec(prompt.slice(at))?.[0].length ?? 0));
    const typed = nameOf(named);
    return completion(start, end, namesLike(names, typed, (name) => name), typed, true);
  }
  const [word] = AT_WORD.exec(before) ?? [];
  if (word === undefined || word.length < LEAST_TYPED || /^[\p{L}\p{N}_-]/u.test(prompt.slice(at))) return null;
  const isPrefix = word.length > LEAST_TYPED && PREFIX.startsWith(word.toLowerCase());
  const beginning = names.filter((name) => name.toLowerCase().split(/[\s/_-]/).some((part) => part.startsWith(word.toLowerCase())) || name.toLowerCase().startsWith(word.toLowerCase()));
  return completion(at - word.length, at, isPrefix ? [...new Set([...beginning, ...names])] : beginning, "", isPrefix);
}

function completion(start: number, end: number, names: readonly string[], typed: string, sure: boolean): Completion | null {
  const isWritten = names.length === 1 && names[0] === typed;
  return names.length === 0 || isWritten ? null : { start, end, names: names.slice(0, MOST), sure };
}

/** The prompt with an embedding in the place of what was typed, and where the cursor is then. */
export function completed(prompt: string, { start, end }: Completion, name: string): { text: string; at: number } {
  const embedding = written(name);
  return { text: prompt.slice(0, start) + embedding + prompt.slice(end), at: start + embedding.length };
}

import { text as texts } from "../text";

/** Where a text stops being JSON, what belongs there, and what is there. */
export interface Fault {
  readonly line: number;
  readonly column: number;
  readonly expected: string;
  readonly got: string;
}

const SPACE = /[ \t\n\r]*/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const { belongs } = texts.reading;

/** The first fault of a text that isn't JSON; the text may be nested as deep as it likes. */
export function faultOf(text: string): Fault {
  const open: ("{" | "[")[] = [];
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const fault = (expected: string): Fault => ({ ...placeIn(text, at), expected, got: shown(text, at) });

  let value = true; // whether a value comes next, or the end of one
  let first = false; // whether nothing is in the innermost brackets yet
  for (;;) {
    skip(SPACE);
    const here = text[at];
    if (value && !(first && here === closing(open))) {
      if (open.at(-1) === "{") {
        if (here !== '"') return fault(first ? belongs.keyOrEnd : belongs.key);
        if (!readString()) return fault(belongs.string);
        skip(SPACE);
        if (text[at] !== ":") return fault(belongs.colon);
        at++;
        skip(SPACE);
      }
      const start = text[at];
      if (start === "{" || start === "[") {
        open.push(start);
        at++;
        first = true;
        continue;
      }
      if (start === '"') {
        if (!readString()) return fault(belongs.string);
      } else if (!skip(NUMBER) && !skip(WORD)) {
        return fault(open.at(-1) === "[" && first ? belongs.valueOrEnd : belongs.value);
      }
      value = false;
    } else if (open.length === 0) {
      return fault(belongs.nothing);
    } else if (here === closing(open)) {
      open.pop();
      at++;
      value = false;
    } else if (here === ",") {
      at++;
      value = true;
    } else {
      return fault(open.at(-1) === "{" ? belongs.commaOrBrace : belongs.commaOrBracket);
    }
    first = false;
  }

  /** Goes behind the string that begins here, or to what isn't allowed in one. */
  function readString(): boolean {
    at++;
    for (;;) {
      skip(PLAIN);
      if (text[at] === '"') {
        at++;
        return true;
      }
      if (!skip(ESCAPE)) return false;
    }
  }
}

function closing(open: readonly ("{" | "[")[]): string | null {
  const innermost = open.at(-1);
  return innermost === undefined ? null : innermost === "{" ? "}" : "]";
}

function placeIn(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split(/\r\n|\n|\r/);
  return { line: before.length, column: (before.at(-1) as string).length + 1 };
}

function shown(text: string, at: number): string {
  if (at >= text.length) return texts.reading.end;
  const word = /^[\w.+-]+/.exec(text.slice(at, at + 20))?.[0] ?? String.fromCodePoint(text.codePointAt(at) as number);
  return /[\u0000-\u001f]/.test(word) ? texts.reading.control(word.charCodeAt(0)) : `'${word}'`;
}

import { useEffect, useState } from "react";
import { ApiError, Offline } from "../api/http";
import { countTokens, type PromptTokens } from "../api/models";
import { PREFIX } from "../core/embeddings";
import { useModels } from "./models";

const PAUSE = 300;
const KEPT = 200;
const known = new Map<string, PromptTokens>();
let turn: Promise<unknown> = Promise.resolve();

/** How long a prompt is, once it hasn't changed for a moment; till then as it was. Null while that isn't known. */
export function usePromptTokens(prompt: string, syntax: boolean): PromptTokens | null {
  const embeddings = useModels((state) => (prompt.includes(PREFIX) ? state.embeddings : null));
  const key = `${syntax}${embeddings?.join() ?? ""}${prompt}`; // a file that is new may be one that it names
  const [told, setTold] = useState<PromptTokens | null>(() => known.get(key) ?? null);
  useEffect(() => {
    let over = false;
    const found = known.get(key);
    if (found) {
      setTold(found);
      return;
    }
    const timer = setTimeout(() => {
      // One after the other, so that a workflow of many prompts asks no more than it gets answered.
      turn = turn.then(() => (over ? null : counted(key, prompt, syntax))).then((answer) => over || setTold(answer));
    }, PAUSE);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [key, prompt, syntax]);
  return told;
}

async function counted(key: string, prompt: string, syntax: boolean): Promise<PromptTokens | null> {
  try {
    const answer = await countTokens(prompt, syntax);
    if (known.size >= KEPT) known.delete(known.keys().next().value as string);
    known.set(key, answer);
    return answer;
  } catch (error) {
    if (error instanceof ApiError || error instanceof Offline) return null; // no count is better than an old one
    throw error;
  }
}

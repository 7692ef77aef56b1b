import { Offline } from "../../api/http";
import { importFile } from "../../api/server";
import { FORMAT } from "../../core/document";
import { isObject, type Json, parseJson } from "../../core/json";
import { text } from "../../text";

/** What the server takes of a workflow; a picture may be larger. */
const MOST_TEXT = 16 * 2 ** 20;
const MOST_PICTURE = 64 * 2 ** 20;
const PNG = [0x89, 0x50, 0x4e, 0x47];

/**
 * The workflow that a file holds. What isn't one is told in words; what can be seen here is, without the server. Where
 * that is out of reach, a workflow of today's format is read all the same.
 */
export async function documentIn(file: File): Promise<Json> {
  const start = new Uint8Array(await file.slice(0, PNG.length).arrayBuffer());
  const picture = PNG.every((byte, index) => start[index] === byte);
  const most = picture ? MOST_PICTURE : MOST_TEXT;
  if (file.size > most) throw new Error(text.reading.tooLong(megabytes(file.size), megabytes(most)));
  if (file.size === 0) throw new Error(text.reading.empty);
  if (picture) return importFile(new File([file], file.name, { type: "image/png" }));
  const content = await contentOf(file);
  if (content.includes("\0")) throw new Error(text.reading.noText);
  const value = parseJson(content);
  if (!isObject(value)) throw new Error(text.reading.noObject);
  if (value["format"] === undefined && isOfComfy(value)) throw new Error(text.reading.ofComfy);
  try {
    return await importFile(file);
  } catch (error) {
    if (error instanceof Offline && value["format"] === FORMAT) return value;
    throw error;
  }
}

async function contentOf(file: File): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Error(text.reading.noText);
  }
}

function isOfComfy(value: { [key: string]: Json }): boolean {
  return Array.isArray(value["nodes"]) || Object.values(value).some((each) => isObject(each) && "class_type" in each);
}

function megabytes(size: number): number {
  return Math.ceil(size / 2 ** 20);
}

import { isObject, type Json, type JsonObject, parseJson, plain, writeJson } from "../core/json";
import type { Problem } from "../core/problems";

/** What the server answered instead of doing what was asked. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly problems: readonly Problem[] = [],
  ) {
    super(message);
  }
}

/** The server can't be reached. */
export class Offline extends Error {}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

type Headers = Record<string, string>;

/**
 * Ask the server; `body` is sent as JSON, or as it is if it is a Blob. Throws `ApiError` and `Offline`.
 * `keepalive`: it is sent also if the page is left meanwhile.
 */
export async function ask<T = Json>(method: Method, path: string, body?: Json | Blob, headers: Headers = {}, keepalive = false): Promise<T> {
  return plain(await askForDocument(method, path, body, headers, keepalive)) as T;
}

/** Ask for what has a document in it: its numbers are kept as they are there. */
export async function askForDocument<T = Json>(method: Method, path: string, body?: Json | Blob, headers: Headers = {}, keepalive = false): Promise<T> {
  const binary = body instanceof Blob;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: "same-origin",
      keepalive,
      headers: {
        ...(body === undefined ? {} : { "Content-Type": binary ? body.type : "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: binary ? body : writeJson(body) }),
    });
  } catch (error) {
    throw new Offline(String(error));
  }
  const content = await response.text();
  const json = content !== "" && (response.headers.get("Content-Type") ?? "").includes("json");
  const value = json ? parseJson(content) : null;
  if (!response.ok) throw refusal(response.status, value);
  return value as T;
}

function refusal(status: number, body: Json): ApiError {
  const error = isObject(body) && isObject(body["error"]) ? body["error"] : null;
  const problems = isObject(body) && Array.isArray(body["problems"]) ? body["problems"] : [];
  const message = typeof error?.["message"] === "string" ? error["message"] : `The server answered ${status}.`;
  const told = typeof error?.["hint"] === "string" ? `; ${error["hint"]}` : "";
  const hint = message.endsWith(told) ? "" : told;
  const listed = problems.length > 0 ? problems : error === null ? [] : [error];
  return new ApiError(status, message + hint, listed as unknown as Problem[]);
}

/** A query string of those values that are given. */
export function query(values: Record<string, string | number | undefined | null>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}`;
}

export type { JsonObject };

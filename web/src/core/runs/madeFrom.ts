import type { Artifact, Run } from "../../api/server";
import type { WorkflowDocument } from "../document";
import { type Json, writeJson } from "../json";
import type { Catalogue } from "../schema";

/** A line of what is known of a picture. */
export type Fact = readonly [name: string, value: string];

/** The values of the run's named parameters, as they were written. */
export function parameterFacts(run: Run): Fact[] {
  return Object.entries(run.values).map(([name, value]): Fact => [name, shown(value)]);
}

/** The files that the workflow names where it can choose among those on the server: models. */
export function modelFacts(document: WorkflowDocument, catalogue: Catalogue): string[] {
  const found = new Set<string>();
  for (const { type, inputs } of Object.values(document.nodes)) {
    for (const { name, choices } of catalogue.get(type)?.inputs ?? []) {
      const value = inputs[name];
      if (choices !== null && typeof value === "string" && /\.\w{2,}$/.test(value)) found.add(value);
    }
  }
  return [...found];
}

/** What is known of a picture, as text for the clipboard. */
export function asText(facts: readonly Fact[]): string {
  return facts.map(([name, value]) => `${name}: ${value}`).join("\n");
}

export const sizeOf = ({ width, height }: Artifact): string => `${width} × ${height}`;

function shown(value: Json): string {
  return typeof value === "string" ? value : writeJson(value);
}

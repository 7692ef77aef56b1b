import { create } from "zustand";
import { renameInput, renameOutput } from "../core/subgraphs/uses";
import { definedAt } from "../core/subgraphs/nesting";
import { declareInput, movePort, removeInput, removeOutput } from "../core/subgraphs/ports";
import type { DocumentInput } from "../core/document";
import { text } from "../text";
import { useCatalogue } from "./catalogue";
import { usePage } from "./page";
import { activeEditor } from "./tabs";

export type Side = "inputs" | "outputs";

export interface Port {
  readonly side: Side;
  readonly name: string;
}

interface Ports {
  /** The port of the subgraph in front that is being changed. */
  port: Port | null;
  change(port: Port): void;
}

export const usePorts = create<Ports>((set) => ({
  port: null,
  change(port) {
    set({ port });
    usePage.getState().show("port");
  },
}));

const { actions } = text.subgraphs;

/** Give a port another name, which every use follows, and an input another type and default. */
export function changePort({ side, name }: Port, wanted: string, declared: DocumentInput | null): void {
  const { inside, editWhole, edit } = activeEditor().getState();
  const { nodes } = useCatalogue.getState();
  const rename = side === "inputs" ? renameInput : renameOutput;
  const gesture = `port ${side} ${name}`;
  if (wanted !== name) editWhole(actions[side === "inputs" ? "input" : "output"], (whole) => rename(whole, definedAt(whole, inside), name, wanted, nodes), gesture);
  if (declared !== null) edit(actions.input, (graph) => (same(graph.inputs?.[wanted], declared) ? graph : declareInput(graph, wanted, declared)), gesture);
  activeEditor().getState().endGesture();
}

function same(before: DocumentInput | string | undefined, after: DocumentInput): boolean {
  return typeof before === "object" && before.type === after.type && "default" in before === "default" in after && before.default === after.default;
}

export function reorderPort({ side, name }: Port, by: -1 | 1): void {
  activeEditor().getState().edit(actions.move, (graph) => movePort(graph, side, name, by));
}

export function removePort({ side, name }: Port): void {
  activeEditor().getState().edit(actions.removePort, (graph) => (side === "inputs" ? removeInput : removeOutput)(graph, name));
}

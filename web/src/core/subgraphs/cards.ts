/** Names of what stands on the canvas of a subgraph beside its nodes. */

import { text } from "../../text";

/** What the cards are called on the canvas and in the layout; no node has a name with a slash. */
export const INPUTS_CARD = "io/inputs";
export const OUTPUTS_CARD = "io/outputs";
/** The port that stands for one more. */
export const ONE_MORE = "+";

/** The name that links use for what a card of the canvas gives. */
export const linkedName = (card: string): string => (card === INPUTS_CARD ? "inputs" : card);
/** The card of the canvas that a link's name leads to. */
export const cardOf = (node: string): string => (node === "inputs" ? INPUTS_CARD : node);

/** What people read for a card. */
export const nameOfCard = (card: string): string =>
  card === INPUTS_CARD ? text.subgraphs.inputsCard : card === OUTPUTS_CARD ? text.subgraphs.outputsCard : card;

/** Whether this is one of the two cards of the border. */
export const isCard = (key: string): boolean => key === INPUTS_CARD || key === OUTPUTS_CARD;

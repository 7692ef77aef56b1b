export const subgraphs = {
  description: (nodes: number) => `A subgraph of this workflow with ${nodes === 1 ? "one node" : `${nodes} nodes`}.`,
  inputs: "What the subgraph takes",
  outputs: "What the subgraph gives",
  oneMoreInput: "Draw from here to an input to make that an input of the subgraph",
  oneMoreOutput: "Draw an output here to make it an output of the subgraph",
  bothNew: "Only an input or an output that there is can be the other end of a new one.",
  nothingChosen: "Choose the nodes first that are to become a subgraph.",
  between: (node: string) => `Choose '${node}', too: it reads what is chosen, and what is chosen reads it.`,
  noUse: "Choose a node that uses a subgraph.",
  bypassed: "This node is bypassed, so that the nodes inside don't run: let it run first, then dissolve it.",
  noLink: (output: string) => `The output '${output}' of the graph around is a plain value of this subgraph: it can't be dissolved.`,
  several: (parameter: string) =>
    `The parameter '${parameter}' sets several inputs by this subgraph, or none, and can't outside of it: take the parameter away first.`,
};

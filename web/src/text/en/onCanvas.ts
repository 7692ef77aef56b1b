/** Groups, notes, way points, names and colours, and what is dropped on the canvas. */
export const canvas = {
  nameEmpty: "Expected a name, got none.",
  nameSpace: "Expected a name that neither begins nor ends with a space.",
  nameSigns: "Expected a name without dots and slashes: they part a node's name from what it gives.",
  nameInputs: "Expected another name: 'inputs' stands for what a subgraph takes.",
  nameTaken: (name: string) => `Expected a free name; another node is called '${name}'.`,
} as const;

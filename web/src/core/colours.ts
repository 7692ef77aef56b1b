/** One hue per port type: the common ones are chosen to be told apart, others follow from the name. */
const HUES: Readonly<Record<string, number>> = {
  Image: 205,
  Mask: 150,
  Latent: 320,
  Conditioning: 32,
  DiffusionModel: 265,
  TextEncoder: 52,
  VAE: 5,
  Sampler: 180,
  Sigmas: 95,
  Guider: 340,
};

const GREY = new Set(["int", "float", "str", "bool", "Any", "None", "Body"]);

/** A port's colour on the current theme. */
export function portColour(type: string): string {
  if (GREY.has(type) || type.startsWith("~")) return "var(--port-plain)";
  const hue = HUES[type] ?? [...type].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  return `light-dark(hsl(${hue} 70% 40%), hsl(${hue} 65% 66%))`;
}

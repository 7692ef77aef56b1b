/* What there is to begin with, and what each template makes. */

export const start = {
  title: "What would you like to make?",
  empty: "Empty workflow",
  recent: "Where you were",
  hint: "Double-click here to add a node, or drop a picture or a workflow.",
  drop: "Or drop a workflow, or a picture that carries one, anywhere on this page.",
  all: "Open…",
  shown: "Show this on an empty canvas",
} as const;

/** By the name of the template. */
export const templates: Readonly<Record<string, string>> = {
  text_to_image: "A picture from a description in words",
  image_to_image: "A picture from another picture and words",
  two_stage: "Small at first, then larger with more detail",
  upscale_chain: "A picture made larger, step by step",
  upscale: "A picture of yours made larger",
  regions: "Other words for other parts of the picture",
  prompt_schedule: "Words that change while the picture is made",
  picture_per_line: "One picture for each line of a list",
  custom_sampling: "Noise, schedule and sampler put together by hand",
  inpaint: "Part of a picture made anew",
};

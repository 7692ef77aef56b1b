import { actions } from "./actions";
import { find, link, linking, palette } from "./canvas";
import { choice } from "./choice";
import { commands } from "./commands";
import { drawing } from "./drawing";
import { files, form } from "./files";
import { mishap } from "./mishap";
import { node } from "./node";
import { canvas } from "./onCanvas";
import { connection, dialog, status, toolbar } from "./page";
import { panel } from "./panel";
import { plugins } from "./plugins";
import { prompt } from "./prompt";
import { reading } from "./reading";
import { running } from "./running";
import { rows } from "./rows";
import { size } from "./size";
import { start, templates } from "./start";
import { subgraphs } from "./subgraphs";
import { drafts, saving, tabs } from "./saving";
import { compare, versions } from "./versions";
import { time } from "./time";
import { widget } from "./widget";

/** Every text that people read in the editor, in English. A translation is another object of this type. */
export const en = {
  app: "graphengine",
  untitled: "untitled",
  loading: "Loading…",
  title: (name: string, part: number | null) => `${part === null ? "" : `${part} % · `}${name} – graphengine`,
  actions,
  canvas,
  choice,
  commands,
  compare,
  connection,
  dialog,
  drafts,
  drawing,
  files,
  find,
  form,
  link,
  linking,
  mishap,
  node,
  palette,
  panel,
  plugins,
  prompt,
  reading,
  saving,
  running,
  rows,
  size,
  start,
  status,
  subgraphs,
  tabs,
  templates,
  time,
  toolbar,
  versions,
  widget,
} as const;

export type Texts = typeof en;

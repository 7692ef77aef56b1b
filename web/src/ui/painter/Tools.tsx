import { type ReactNode, useState } from "react";
import { LEAST_SIZE, MOST_SIZE } from "../../core/painting/brush";
import { type Tool, useBrush } from "../../state/brush";
import { shownKeys } from "../../state/commands/command";
import { text } from "../../text";
import { Icon } from "../Icon";
import { PAINT_KEYS, type PaintActions } from "./paintKeys";

const words = text.drawing.painter;
const TOOLS: readonly [Tool, string, string][] = [
  ["brush", words.tools.brush, "B"],
  ["erase", words.tools.erase, "E"],
  ["fill", words.tools.fill, "G"],
];
const CURVE = 3; // so that a slider has as much room for small brushes as for large ones

interface Props {
  readonly actions: PaintActions;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  feather(pixels: number): void;
}

/** What to paint with, and what can be done to the mask as a whole. */
export function Tools({ actions, canUndo, canRedo, feather }: Props) {
  const { tool, size, hardness, opacity, alone, choose, set } = useBrush();
  const [soft, setSoft] = useState(16);
  return (
    <div className="paint-tools">
      <div className="paint-group" role="group" aria-label={words.tool}>
        {TOOLS.map(([name, title, key]) => (
          <button key={name} type="button" aria-pressed={tool === name} title={`${title} (${key})`} onClick={() => choose(name)}>
            {title}
          </button>
        ))}
      </div>
      <div className="paint-group" role="group" aria-label={words.brush}>
        <Slider title={words.size} shown={`${size} px`} value={(size / MOST_SIZE) ** (1 / CURVE)} change={(share) => set({ size: Math.max(LEAST_SIZE, Math.round(share ** CURVE * MOST_SIZE)) })} />
        <Slider title={words.hardness} shown={`${Math.round(hardness * 100)} %`} value={hardness} change={(share) => set({ hardness: share })} />
        <Slider title={words.opacity} shown={`${Math.round(opacity * 100)} %`} value={opacity} change={(share) => set({ opacity: Math.max(0.05, share) })} />
      </div>
      <div className="paint-group" role="group" aria-label={words.whole}>
        <button type="button" onClick={actions.invert}>{words.invert}</button>
        <button type="button" onClick={actions.all}>{words.all}</button>
        <button type="button" onClick={actions.clear}>{words.clear}</button>
        <span className="paint-feather">
          <button type="button" onClick={() => feather(soft)}>{words.feather}</button>
          <input type="number" aria-label={words.featherBy} min={3} max={500} value={soft} onChange={(event) => setSoft(Math.min(500, Math.max(3, Number(event.target.value) || 3)))} />
        </span>
      </div>
      <div className="paint-group" role="group" aria-label={words.view}>
        <button type="button" disabled={!canUndo} title={words.keys.undo} aria-label={words.keys.undo} onClick={actions.undo}>
          <Icon name="undo" />
        </button>
        <button type="button" disabled={!canRedo} title={words.keys.redo} aria-label={words.keys.redo} onClick={actions.redo}>
          <Icon name="redo" />
        </button>
        <button type="button" title={words.keys.fit} aria-label={words.keys.fit} onClick={actions.fit}>
          <Icon name="fit" />
        </button>
        <button type="button" aria-pressed={alone} title={words.keys.alone} onClick={() => set({ alone: !alone })}>
          {words.alone}
        </button>
      </div>
      <details className="paint-keys">
        <summary>{words.shortcuts}</summary>
        <dl>
          {PAINT_KEYS.map(({ keys, title }) => (
            <Line key={title} keys={keys.map(shownKeys)}>{title}</Line>
          ))}
          {words.pointer.map(([keys, title]) => (
            <Line key={title} keys={[keys]}>{title}</Line>
          ))}
        </dl>
      </details>
    </div>
  );
}

function Line({ keys, children }: { keys: readonly string[]; children: ReactNode }) {
  return (
    <div>
      <dt>
        {keys.map((each) => (
          <kbd key={each}>{each}</kbd>
        ))}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A share from 0 to 1. */
function Slider({ title, shown, value, change }: { title: string; shown: string; value: number; change(share: number): void }) {
  return (
    <label className="paint-slider">
      <span>{title}</span>
      <input type="range" min={0} max={1} step={0.01} value={value} aria-valuetext={shown} onChange={(event) => change(Number(event.target.value))} />
      <output>{shown}</output>
    </label>
  );
}

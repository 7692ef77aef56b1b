import "../styles/run.css";
import { useState } from "react";
import { isActive } from "../core/runs/view";
import { ON_RUNS } from "../state/commands/onRuns";
import { run, stop, toggleRunOnChange } from "../state/commands/running";
import { useRunView, useTab } from "../state/context";
import { MOST_RUNS, useRunSettings } from "../state/runSettings";
import { text } from "../text";
import { CommandMenu } from "./CommandMenu";
import { Icon } from "./Icon";

/** Run, how often, and stop. */
export function RunControls() {
  const { id } = useTab();
  const onChange = useRunSettings((state) => state.onChange[id] ?? false);
  const view = useRunView();
  return (
    <>
      <span className="run-group">
        <button type="button" className="primary" title={text.toolbar.runHint} onClick={() => void run()}>
          <Icon name="play" />
          {text.toolbar.run}
        </button>
        <Count />
        <CommandMenu label={text.running.more} icon="down" align="start" commands={ON_RUNS} />
      </span>
      <button type="button" className="stop" disabled={view === null || !isActive(view.state)} onClick={() => void stop()}>
        {text.toolbar.cancel}
      </button>
      {onChange ? (
        <button type="button" aria-pressed title={text.running.titles.onChange} onClick={toggleRunOnChange}>
          {text.running.onChange}
        </button>
      ) : null}
    </>
  );
}

function Count() {
  const count = useRunSettings((state) => state.count);
  const setCount = useRunSettings((state) => state.setCount);
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      type="number"
      className="run-count"
      min={1}
      max={MOST_RUNS}
      aria-label={text.running.count}
      title={text.running.countHint}
      value={typed ?? count}
      onChange={(event) => {
        setTyped(event.target.value);
        if (event.target.value !== "") setCount(event.target.valueAsNumber);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

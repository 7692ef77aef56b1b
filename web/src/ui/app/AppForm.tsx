import { useEffect } from "react";
import { parametersOf } from "../../core/parameters";
import { checkSoon } from "../../state/checks";
import { run, stop } from "../../state/commands/running";
import { useCatalogue } from "../../state/catalogue";
import { useEditor, useRunView, useTab } from "../../state/context";
import { useRuns } from "../../state/runs";
import { text } from "../../text";
import { ParameterField } from "../form/ParameterField";
import { Results } from "../form/Results";
import { Icon } from "../Icon";
import { useTitle } from "../useTitle";
import { EarlierPictures } from "./EarlierPictures";

const NARROW = 700;

/** Where the screen is too narrow for both, the results are below. */
function showResults(): void {
  if (window.innerWidth < NARROW) document.querySelector(".form-pictures")?.scrollIntoView();
}

/** The fields of an app, its button, and its pictures. */
export function AppForm({ name }: { name: string }) {
  useTitle(name);
  const parameters = useEditor((state) => state.whole.parameters);
  const layout = useEditor((state) => state.whole.layout);
  const view = useRunView();
  const tab = useTab();
  const nodes = useEditor((state) => state.whole.nodes);
  const catalogue = useCatalogue((state) => state.nodes);
  useEffect(() => checkSoon(tab.id, () => tab.editor.getState().whole), [tab, nodes, catalogue]);
  const connected = useRuns((state) => state.connected);
  const busy = view?.state === "queued" || view?.state === "running";
  const loaded = useCatalogue((state) => state.loaded);
  const listed = parametersOf({ parameters, layout });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void run();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  if (!loaded) return <p className="hint">{text.loading}</p>;
  return (
    <main className="form-view">
      <form
        className="form"
        aria-label={text.form.title}
        onSubmit={(event) => {
          event.preventDefault();
          void run().then((accepted) => accepted && showResults());
        }}
      >
        {listed.length === 0 ? <p className="hint">{text.form.nothingToSet}</p> : null}
        {listed.map((parameter) => (
          <ParameterField key={parameter.name} {...parameter} />
        ))}
        <div className="app-run">
          <button type="submit" className="primary" disabled={busy || connected === false}>
            <Icon name="play" />
            {busy ? text.panel.states[view.state] : text.toolbar.run}
          </button>
          {busy ? (
            <button type="button" onClick={() => void stop()}>
              {text.toolbar.cancel}
            </button>
          ) : null}
        </div>
      </form>
      <div className="app-results">
        <Results />
        <EarlierPictures />
      </div>
    </main>
  );
}

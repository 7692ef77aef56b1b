import "../../styles/card.css";
import "../../styles/form.css";
import "../../styles/app.css";
import { useEffect, useState } from "react";
import { ApiError } from "../../api/http";
import { listWorkflows, readWorkflow } from "../../api/server";
import { addressOf } from "../../core/address";
import { readDocument } from "../../core/document";
import { nearest } from "../../core/library";
import { keepValues, withKeptValues } from "../../state/appValues";
import { report } from "../../state/commands/report";
import { TabContext } from "../../state/context";
import { usePage } from "../../state/page";
import { newTab, type Tab, useTabs } from "../../state/tabs";
import { text } from "../../text";
import { Connection } from "../Connection";
import { Notices } from "../Notices";
import { PainterDoor } from "../PainterDoor";
import { AppForm } from "./AppForm";
import { UnknownApp } from "./UnknownApp";

/** A saved workflow for those who want its pictures, not its graph: what it asks for, a button, and the results. */
export function AppPage({ name }: { name: string }) {
  const [tab, setTab] = useState<Tab | null>(null);
  const [near, setNear] = useState<readonly string[] | null>(null);
  const needsToken = usePage((state) => state.needsToken);
  const theme = usePage((state) => state.theme);
  useEffect(() => {
    if (theme) document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  useEffect(() => {
    document.title = text.title(name, null);
    if (needsToken) return;
    load(name).then(setTab, async (error: unknown) => {
      if (!(error instanceof ApiError && error.status === 404)) return report(error);
      const records = await listWorkflows().catch(() => []);
      setNear(nearest(name, records.map((record) => record.name)));
    });
  }, [name, needsToken]);
  return (
    <div className="app">
      <header className="app-head">
        <h1>{tab ? tab.editor.getState().whole.name || name : name}</h1>
        <a className="button" href={addressOf("", name)}>
          {text.form.inEditor}
        </a>
      </header>
      <Connection />
      {near !== null ? <UnknownApp name={name} near={near} /> : null}
      {tab !== null ? (
        <TabContext.Provider value={tab}>
          <AppForm name={name} />
          <PainterDoor />
        </TabContext.Provider>
      ) : near === null ? (
        <p className="hint">{text.loading}</p>
      ) : null}
      <Notices />
    </div>
  );
}

/** The workflow, in the only tab that this page has. What is set here stays in this window. */
async function load(name: string): Promise<Tab> {
  const { document, version } = await readWorkflow(name);
  const tab = newTab(withKeptValues(name, readDocument(document)), { name, version });
  keepValues(name, tab.editor);
  useTabs.setState({ tabs: [tab], active: tab.id });
  return tab;
}

import "../styles/mishap.css";
import { Component, type ReactNode } from "react";
import { useTabs } from "../state/tabs";
import { downloadAs } from "../state/commands/documents";
import { text } from "../text";

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly error: Error | null;
}

/** Where drawing the page fails: says so, and hands out what is open, instead of a white page. */
export class Mishap extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const { tabs, active, close } = useTabs.getState();
    const again = () => this.setState({ error: null });
    return (
      <main className="mishap" role="alert">
        <h1>{text.mishap.title}</h1>
        <p>{text.mishap.told(error.message)}</p>
        {tabs.map(({ id, editor }) => {
          const { whole } = editor.getState();
          return (
            <button key={id} type="button" onClick={() => downloadAs(whole)}>
              {text.mishap.download(whole.name || text.untitled)}
            </button>
          );
        })}
        <button
          type="button"
          onClick={() => {
            close(active);
            again();
          }}
        >
          {text.mishap.close}
        </button>
        <button type="button" className="primary" onClick={again}>
          {text.mishap.again}
        </button>
      </main>
    );
  }
}

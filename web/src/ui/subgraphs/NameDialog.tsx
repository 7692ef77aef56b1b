import { type FormEvent, useState } from "react";
import { selected } from "../../state/commands/entering";
import { freeSubgraph, make, renameUsed, whyNoSubgraph } from "../../state/commands/making";
import { usePage } from "../../state/page";
import { text } from "../../text";
import { Popup } from "../Popup";

/** Asks for the name of a subgraph: of one that is made of the chosen nodes, or of one that is there. */
export function NameDialog() {
  const dialog = usePage((state) => state.dialog);
  const show = usePage((state) => state.show);
  const making = dialog === "makeSubgraph";
  const open = making || dialog === "renameSubgraph";
  const { titles } = text.subgraphs;
  return (
    <Popup title={making ? titles.make : titles.rename} open={open} close={() => show(null)}>
      {open ? <Fields making={making} done={() => show(null)} /> : null}
    </Popup>
  );
}

function Fields({ making, done }: { making: boolean; done(): void }) {
  const [before] = useState(() => (making ? null : (selected()?.subgraph ?? null)));
  const [name, setName] = useState(() => before ?? freeSubgraph(text.subgraphs.usual));
  const wrong = whyNoSubgraph(name, before);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wrong !== null) return;
    if (making) make(name);
    else renameUsed(name);
    done();
  };
  return (
    <form className="popup-form" onSubmit={submit}>
      <label>
        {text.subgraphs.portName}
        <input
          type="text"
          value={name}
          aria-invalid={wrong !== null}
          aria-describedby="why-no-subgraph"
          onFocus={(event) => event.target.select()}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <p id="why-no-subgraph" className="problem" role="alert">
        {wrong}
      </p>
      <div className="popup-foot">
        <button type="submit" className="primary" disabled={wrong !== null}>
          {making ? text.subgraphs.make : text.dialog.ok}
        </button>
        <button type="button" onClick={done}>
          {text.dialog.cancel}
        </button>
      </div>
    </form>
  );
}

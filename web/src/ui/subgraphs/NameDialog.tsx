import { useState } from "react";
import { selected } from "../../state/commands/entering";
import { freeSubgraph, make, renameUsed, whyNoSubgraph } from "../../state/commands/making";
import { usePage } from "../../state/page";
import { text } from "../../text";
import { Popup } from "../Popup";
import { NameField, PopupForm } from "../PopupForm";

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
  return (
    <PopupForm wrong={wrong} does={making ? text.subgraphs.make : text.dialog.ok} act={() => (making ? make(name) : renameUsed(name))} done={done}>
      <NameField label={text.subgraphs.portName} name={name} wrong={wrong} change={setName} />
    </PopupForm>
  );
}

import { usePage } from "../state/page";
import { text } from "../text";
import { Popup } from "./Popup";

export function ShortcutsDialog() {
  const open = usePage((state) => state.dialog === "shortcuts");
  const show = usePage((state) => state.show);
  return (
    <Popup title={text.shortcuts.title} open={open} close={() => show(null)}>
      <dl className="shortcuts">
        {text.shortcuts.rows.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Popup>
  );
}

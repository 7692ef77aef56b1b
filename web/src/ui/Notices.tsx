import { usePage } from "../state/page";
import { text } from "../text";
import { Icon } from "./Icon";

/** Short messages that go by themselves. */
export function Notices() {
  const notices = usePage((state) => state.notices);
  const dismiss = usePage((state) => state.dismiss);
  return (
    <div className="notices" aria-live="polite">
      {notices.map(({ id, text: said, bad, action }) => (
        <div key={id} className={`notice ${bad ? "bad" : ""}`} role={bad ? "alert" : undefined}>
          <span>{said}</span>
          {action ? (
            <button
              type="button"
              onClick={() => {
                action.act();
                dismiss(id);
              }}
            >
              {action.label}
            </button>
          ) : null}
          <button type="button" className="bare" aria-label={text.dialog.close} onClick={() => dismiss(id)}>
            <Icon name="cross" />
          </button>
        </div>
      ))}
    </div>
  );
}

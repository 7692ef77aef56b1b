import { usePage } from "../state/page";
import { useWindows } from "../state/windows";
import { text } from "../text";
import { Icon } from "./Icon";

/** Short messages that go by themselves: on the page, or, while a window is open above it, in that. */
export function Notices({ window = null }: { window?: string | null }) {
  const here = useWindows(({ open }) => (open.at(-1) ?? null) === window);
  return (
    <div className="notices" aria-live="polite">
      {here ? <Told /> : null}
    </div>
  );
}

function Told() {
  const notices = usePage((state) => state.notices);
  const dismiss = usePage((state) => state.dismiss);
  return (
    <>
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
    </>
  );
}

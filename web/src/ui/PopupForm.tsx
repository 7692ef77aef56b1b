import { type FormEvent, type ReactNode } from "react";
import { text } from "../text";

const WHY = "why-not";

interface Props {
  /** Why what is written can't be so. */
  wrong: string | null;
  /** What the button that does it says. */
  does?: string;
  act(): void;
  done(): void;
  children: ReactNode;
  /** Other buttons than the one that cancels. */
  others?: ReactNode;
}

/** What a window asks: fields, what is wrong with them, and the buttons. */
export function PopupForm({ wrong, does = text.dialog.ok, act, done, children, others }: Props) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wrong !== null) return;
    act();
    done();
  };
  return (
    <form className="popup-form" onSubmit={submit}>
      {children}
      <p id={WHY} className="problem" role="alert">
        {wrong}
      </p>
      <div className="popup-foot">
        <button type="submit" className="primary" disabled={wrong !== null}>
          {does}
        </button>
        {others ?? (
          <button type="button" onClick={done}>
            {text.dialog.cancel}
          </button>
        )}
      </div>
    </form>
  );
}

/** The field for a name, which is what can be wrong in such a window. */
export function NameField({ label, name, wrong, change }: { label: string; name: string; wrong: string | null; change(name: string): void }) {
  return (
    <label>
      {label}
      <input
        type="text"
        value={name}
        aria-invalid={wrong !== null}
        aria-describedby={WHY}
        onFocus={(event) => event.target.select()}
        onChange={(event) => change(event.target.value)}
      />
    </label>
  );
}

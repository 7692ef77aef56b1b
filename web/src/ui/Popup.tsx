import { type ReactNode, useEffect, useId, useRef } from "react";
import { closed, opened } from "../state/windows";
import { text } from "../text";
import { Icon } from "./Icon";
import { Notices } from "./Notices";

interface Props {
  title: string;
  open: boolean;
  close(): void;
  wide?: boolean;
  children: ReactNode;
}

/** A window above the page; Escape or a click beside it closes it, and focus goes back where it was. */
export function Popup({ title, open, ...rest }: Props) {
  return open ? <Opened title={title} {...rest} /> : null;
}

function Opened({ title, close, wide = false, children }: Omit<Props, "open">) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal(); // focuses the first button, whatever had autoFocus
    dialog.current?.querySelector<HTMLElement>("input:not([hidden]), textarea")?.focus();
    opened(id);
    return () => {
      closed(id);
      // Unless what was chosen here has taken it, such as a field to write in.
      if (document.activeElement === document.body) (before as HTMLElement | null)?.focus?.();
    };
  }, [id]);
  return (
    <dialog
      ref={dialog}
      className={`popup ${wide ? "wide" : ""}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div className="popup-inside">
        <div className="popup-head">
          <h2 id={id}>{title}</h2>
          <button type="button" className="bare" aria-label={text.dialog.close} onClick={close}>
            <Icon name="cross" />
          </button>
        </div>
        {children}
      </div>
      <Notices window={id} />
    </dialog>
  );
}

import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { text } from "../text";
import { Icon } from "./Icon";

interface Props {
  title: string;
  open: boolean;
  close(): void;
  wide?: boolean;
  children: ReactNode;
}

/** A window above the page; Escape closes it, and focus goes back where it was. */
export function Popup({ title, open, close, wide = false, children }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={(now) => !now && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className={`popup ${wide ? "wide" : ""}`} aria-describedby={undefined}>
          <div className="popup-head">
            <Dialog.Title>{title}</Dialog.Title>
            <Dialog.Close className="bare" aria-label={text.dialog.close}>
              <Icon name="cross" />
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

import "../../styles/completion.css";
import * as Popover from "@radix-ui/react-popover";
import { type RefObject, useEffect, useRef } from "react";
import { type Completion, PREFIX } from "../../core/embeddings";
import { text } from "../../text";
import { placeOf } from "./showCursor";

interface Props {
  readonly id: string;
  readonly area: RefObject<HTMLTextAreaElement | null>;
  readonly found: Completion;
  readonly active: number;
  take(name: string): void;
  close(): void;
}

export const optionId = (list: string, index: number): string => `${list}-${index}`;

/** The list under what is being typed; the field keeps the focus and its keys. */
export function CompletionList({ id, area, found, active, take, close }: Props) {
  const place = useRef({ getBoundingClientRect: () => new DOMRect() });
  place.current = {
    getBoundingClientRect: () => (area.current && placeOf(area.current, found.start)) ?? area.current?.getBoundingClientRect() ?? new DOMRect(),
  };
  useEffect(() => {
    document.getElementById(optionId(id, active))?.scrollIntoView({ block: "nearest" });
  }, [id, active]);
  const stay = (event: Event) => event.preventDefault();
  return (
    <Popover.Root open onOpenChange={(next) => next || close()}>
      <Popover.Anchor virtualRef={place} />
      <Popover.Portal>
        <Popover.Content
          role="listbox"
          id={id}
          aria-label={text.prompt.embeddings}
          className="completion"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onOpenAutoFocus={stay}
          onCloseAutoFocus={stay}
          onMouseDown={(event) => event.preventDefault()}
        >
          {found.names.map((name, index) => (
            <div key={name} id={optionId(id, index)} role="option" aria-selected={index === active} onClick={() => take(name)}>
              {found.sure ? null : <span className="completion-prefix">{PREFIX}</span>}
              {name}
            </div>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

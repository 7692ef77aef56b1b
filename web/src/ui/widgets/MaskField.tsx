import { useState } from "react";
import { paintInput } from "../../state/commands/painting";
import { useEditorStore } from "../../state/context";
import { text } from "../../text";
import type { FieldProps } from "./field";
import { PictureField } from "./PictureField";

/** A mask: painted here, or brought along as any picture is. */
export function MaskField(props: FieldProps) {
  const editor = useEditorStore();
  const [opening, setOpening] = useState(false);
  const paint = async () => {
    setOpening(true);
    try {
      await paintInput(editor, props.node, props.input);
    } finally {
      setOpening(false);
    }
  };
  return (
    <PictureField {...props} kind="mask">
      <button type="button" className="nodrag" disabled={opening} onClick={() => void paint()}>
        {props.value ? text.drawing.mask.again : text.drawing.mask.paint}
      </button>
    </PictureField>
  );
}

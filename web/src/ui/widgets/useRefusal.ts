import { useEffect } from "react";
import { REFUSED } from "../../core/problems";
import { words } from "../../core/schema";
import { usePath, useTab } from "../../state/context";
import { refuse } from "../../state/refusals";
import { text } from "../../text";

/** While what stands in a field of an input can't be taken, for that reason, the workflow has a problem. */
export function useRefusal({ node, input }: { readonly node: string; readonly input: string }, wrong: string | null): void {
  const { id } = useTab();
  const path = usePath(node);
  useEffect(() => {
    if (wrong === null) return;
    const message = text.widget.refused(text.node.inputOf(words(input), words(node)), wrong);
    return refuse(id, { kind: REFUSED, message, node: path, input, expected: null, got: null, hint: null });
  }, [id, path, node, input, wrong]);
}

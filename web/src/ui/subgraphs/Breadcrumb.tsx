import "../../styles/subgraphs.css";
import { placeOf } from "../../core/document";
import { words } from "../../core/schema";
import { graphAt } from "../../core/subgraphs/nesting";
import { useEditor } from "../../state/context";
import { text } from "../../text";
import { Icon } from "../Icon";

/** The way from the workflow to the subgraph in front, each step of it a way back. */
export function Breadcrumb() {
  const inside = useEditor((state) => state.inside);
  const whole = useEditor((state) => state.whole);
  const go = useEditor((state) => state.go);
  if (inside.length === 0) return null;
  const steps = inside.map(({ node }, depth) => placeOf(graphAt(whole, inside.slice(0, depth)), node)?.title ?? words(node));
  const last = inside.length - 1;
  return (
    <nav className="breadcrumb" aria-label={text.subgraphs.way}>
      <ol>
        {[whole.name || text.untitled, ...steps].map((title, depth) => (
          <li key={depth}>
            {depth > 0 ? <Icon name="right" /> : null}
            {depth > last ? (
              <span aria-current="location">{title}</span>
            ) : (
              <button type="button" className="bare" onClick={() => go(inside.slice(0, depth))}>
                {title}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

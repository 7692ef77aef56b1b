import { useEffect } from "react";
import { schemaOf } from "../core/subgraphs/bodies";
import { inputSchema, words } from "../core/schema";
import { useEditor, useRunView } from "../state/context";
import { fileOf } from "../api/server";
import { useSchemas } from "../state/schemas";
import { text } from "../text";
import { ResetButton } from "./ResetButton";
import { Widget } from "./widgets/Widget";

/** The workflow as a form of its parameters, with the pictures of its last run. */
export function FormView() {
  const parameters = useEditor((state) => state.whole.parameters);
  const nodes = useEditor((state) => state.whole.nodes);
  const name = useEditor((state) => state.whole.name);
  const go = useEditor((state) => state.go);
  useEffect(() => go([]), [go]); // its fields are of the workflow itself
  const catalogue = useSchemas();
  const view = useRunView();
  const pictures = Object.values(view?.artifacts ?? {}).flat();
  const preview = Object.values(view?.previews ?? {}).at(-1);
  return (
    <div className="form-view">
      <section className="form" aria-label={text.form.title}>
        <h2>{name || text.untitled}</h2>
        {Object.keys(parameters).length === 0 ? <p className="hint">{text.form.none}</p> : null}
        {Object.entries(parameters).map(([parameter, place]) => {
          const dot = place.indexOf(".");
          const node = place.slice(0, dot);
          const input = place.slice(dot + 1);
          const schema = schemaOf(catalogue, nodes[node]);
          const found = schema && inputSchema(schema, input);
          if (!found?.literal) return null;
          return (
            <div key={parameter} className="form-row">
              <span className="row-line">
                <span className="row-name">{words(parameter)}</span>
                <ResetButton node={node} input={input} schema={found} />
              </span>
              <Widget node={node} input={input} schema={found} />
              {found.tooltip ? <p className="hint">{found.tooltip}</p> : null}
            </div>
          );
        })}
      </section>
      <section className="form-pictures" aria-label={text.panel.results}>
        {pictures.map((artifact) => (
          <img key={artifact.id} src={fileOf(artifact.id)} alt={text.node.result(artifact.node)} width={artifact.width} height={artifact.height} />
        ))}
        {pictures.length === 0 && preview ? <img src={preview} alt={text.node.running} className="preview" /> : null}
        {pictures.length === 0 && !preview ? <p className="hint">{text.panel.noResults}</p> : null}
      </section>
    </div>
  );
}

import { appAddressOf } from "../../core/address";
import { text } from "../../text";

/** There is no such workflow; perhaps one of these was meant. */
export function UnknownApp({ name, near }: { name: string; near: readonly string[] }) {
  return (
    <main className="app-unknown">
      <p role="alert">{text.form.unknown(name)}</p>
      {near.length > 0 ? (
        <>
          <p>{text.form.meant}</p>
          <ul>
            {near.map((each) => (
              <li key={each}>
                <a href={appAddressOf("", each)}>{each}</a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </main>
  );
}

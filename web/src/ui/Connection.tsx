import { useEffect, useState } from "react";
import { follow } from "../api/events";
import { ApiError } from "../api/http";
import { openSession } from "../api/server";
import { useCatalogue } from "../state/catalogue";
import { noteNodes } from "../state/commands/plugins";
import { report } from "../state/commands/report";
import { lookForNewer, noteSaved } from "../state/elsewhere";
import { usePage } from "../state/page";
import { useRuns } from "../state/runs";
import { text } from "../text";
import { Popup } from "./Popup";

/** Keeps in touch with the server: says so when it is out of reach, and asks for its token where it has one. */
export function Connection() {
  const connected = useRuns((state) => state.connected);
  const needsToken = usePage((state) => state.needsToken);
  useEffect(() => {
    if (needsToken) return;
    const { events, preview, setConnected, restarted } = useRuns.getState();
    let stop: (() => void) | undefined;
    let gone = false;
    useCatalogue
      .getState()
      .load()
      .catch(report)
      .then(() => {
        if (!gone && !usePage.getState().needsToken) stop = follow(null, { events: (batch) => (events(batch), noteSaved(batch), noteNodes(batch)), preview, connected: setConnected, restarted });
      });
    return () => {
      gone = true;
      stop?.();
    };
  }, [needsToken]);
  useEffect(() => {
    if (connected) void lookForNewer();
  }, [connected]);
  useEffect(() => {
    // Out of reach at first, there is no catalogue yet.
    if (connected && !useCatalogue.getState().loaded) void useCatalogue.getState().load().catch(report);
  }, [connected]);
  return (
    <>
      {connected === false ? (
        <p className="banner" role="alert">
          {text.connection.lost}
        </p>
      ) : null}
      <TokenPopup />
    </>
  );
}

function TokenPopup() {
  const open = usePage((state) => state.needsToken);
  const askForToken = usePage((state) => state.askForToken);
  const [token, setToken] = useState("");
  const [refused, setRefused] = useState(false);
  const enter = async () => {
    try {
      await openSession(token.trim());
      askForToken(false);
    } catch (error) {
      if (error instanceof ApiError) setRefused(true);
      else report(error);
    }
  };
  return (
    <Popup title={text.connection.token} open={open} close={() => {}}>
      <form
        className="popup-form"
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <p className="hint">{text.connection.tokenHint}</p>
        <input type="password" autoFocus aria-label={text.connection.token} value={token} onChange={(event) => setToken(event.target.value)} />
        {refused ? (
          <p className="problem" role="alert">
            {text.connection.refused}
          </p>
        ) : null}
        <button type="submit" className="primary">
          {text.connection.enter}
        </button>
      </form>
    </Popup>
  );
}

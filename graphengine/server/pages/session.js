// Exchanges the token for a cookie. The token comes in the address behind '#', which browsers never send, or by hand.
const state = document.getElementById("state");
const form = document.getElementById("login");

async function open(token) {
  const answer = await fetch("/api/session", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token }),
  });
  if (!answer.ok) {
    state.textContent = (await answer.json()).error.message;
  }
  await check();
}

async function check() {
  const answer = await fetch("/api/queue");
  form.hidden = answer.status !== 401;
  if (answer.ok) {
    const { state: queue } = await answer.json();
    state.textContent = `The server is running: ${queue.running.length} under way, ${queue.queued} in the queue.`;
  } else if (answer.status === 401) {
    state.textContent = "The server asks for its token.";
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  open(document.getElementById("token").value);
});

const given = new URLSearchParams(location.hash.slice(1)).get("token");
if (given) {
  history.replaceState(null, "", location.pathname);
  open(given);
} else {
  check();
}

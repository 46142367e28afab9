// How many records wait, in words; those that the server refused with why, until someone has read it.
import { counts, dismiss, keepFlushing } from "./outbox.js";

const box = document.querySelector("[data-outbox]");

function refusal({ id, refused }) {
  const line = Object.assign(document.createElement("p"), { className: "outbox-refused" });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: box.dataset.read });
  button.addEventListener("click", () => dismiss(id));
  line.append(`${box.dataset.refused} ${refused} `, button);
  return line;
}

async function show() {
  const { unsent, refused } = await counts();
  box.hidden = false;
  box.toggleAttribute("data-waiting", unsent > 0);
  const { unsentOne, unsent: unsentMany, sent } = box.dataset;
  const words = unsent ? `${unsent} ${unsent === 1 ? unsentOne : unsentMany}` : sent;
  const said = Object.assign(document.createElement("p"), { textContent: words });
  said.setAttribute("role", "status");
  box.replaceChildren(said, ...refused.map(refusal));
}

if (box && "locks" in navigator && "indexedDB" in window) {
  document.addEventListener("outbox", show);
  await show();
  await keepFlushing();
  await show();
}

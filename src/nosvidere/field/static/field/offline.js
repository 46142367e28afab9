// The page that is shown without a network: the own visits out of the pack, and forms that go into the outbox.
import "./counter.js";
import { add } from "./outbox.js";
import { loadPack } from "./store.js";

const list = document.querySelector("[data-visits]");
const record = document.querySelector("[data-record]");
const said = document.querySelector("[data-said]");
const pack = await loadPack();

const text = (form, name) => form.elements[name].value.trim();
const ticked = (form, name) => form.elements[name].checked;
const number = (form, name) => (text(form, name) === "" ? null : Number(text(form, name)));

const READ = {
  check: (form) => ({
    recorded_at: new Date(Date.now() + pack.clock_ahead_ms).toISOString(),
    entry_basis: text(form, "entry_basis"),
    decision_no: text(form, "decision_no"),
    outcome: text(form, "outcome"),
    persons_met: number(form, "persons_met") ?? 0,
    child_present: ticked(form, "child_present"),
    signs: new FormData(form).getAll("signs"),
    note: text(form, "note"),
  }),
  report: (form) => ({
    happened_at: new Date(text(form, "happened_at")).toISOString(),
    ...Object.fromEntries(["kind", "completion", "mode", "place_type", "front", "case_no", "sex"].map((name) => [name, text(form, name)])),
    age_years: number(form, "age_years"),
    ...Object.fromEntries(["buyer_informed", "callback_consent", "self_harm_asked"].map((name) => [name, ticked(form, name)])),
  }),
};

function line(tag, className, content) {
  return Object.assign(document.createElement(tag), { className, textContent: content });
}

function choose(visit) {
  record.hidden = false;
  record.dataset.visit = visit.id;
  record.querySelector("[data-place]").textContent = visit.place;
  record.querySelector("[data-cautions]").textContent = visit.cautions;
  record.querySelectorAll("form").forEach((form) => form.reset());
  const now = new Date(Date.now() + pack.clock_ahead_ms);
  record.querySelector("[name=happened_at]").value = new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  record.scrollIntoView();
  record.querySelector("h2").focus();
}

function card(visit) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "visit" });
  button.append(line("span", "visit-number", visit.number), line("span", "visit-place", visit.place));
  button.append(line("span", "visit-hours", visit.hours), line("span", "soft", visit.district));
  if (visit.cautions) button.append(line("span", "visit-caution", visit.cautions));
  button.dataset.id = visit.id;
  button.addEventListener("click", () => choose(visit));
  const item = document.createElement("li");
  item.append(button);
  return item;
}

// What the server will ask for, the form asks for at once.
for (const field of record.querySelectorAll(".field:not(:has(.field-optional))")) {
  for (const input of field.querySelectorAll("input:not([type=checkbox]), select")) input.required = true;
}

document.addEventListener("signed-out", () => {
  list.replaceChildren();
  record.hidden = true;
});

for (const form of record.querySelectorAll("form[data-kind]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!form.reportValidity()) return;
    const body = { assignment: Number(record.dataset.visit), ...READ[form.dataset.kind](form) };
    await add(form.dataset.kind, body, pack.code);
    said.textContent = said.dataset.said;
    list.querySelector(`[data-id="${record.dataset.visit}"]`).classList.add("visit-done");
    record.hidden = true;
    said.scrollIntoView();
  });
}

if (pack) {
  list.replaceChildren(...pack.visits.map(card));
  document.querySelector("[data-team]").textContent = pack.team;
}
document.querySelector("[data-no-pack]").hidden = Boolean(pack);
list.dataset.ready = "";

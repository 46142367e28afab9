// The keyboard inside: j and k walk the rows, Enter opens (the row's link has the focus), digits choose,
// letters press the button that names them, m goes between map and table, ? shows all.
const TYPING = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";

const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
const inside = (row) => row.querySelector("a[href], button") ?? row;

function walk(step) {
  const all = rows();
  if (!all.length) return;
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + step, 0), all.length - 1);
  const target = inside(all[next]);
  if (target === all[next]) target.tabIndex = -1;
  target.focus();
  all[next].scrollIntoView({ block: "nearest" });
}

function choose(digit) {
  const near = document.activeElement?.closest("[data-digits]");
  const set = near ?? document.querySelector("[data-digits]");
  const input = set?.querySelectorAll("input[type=radio], input[type=checkbox]")[digit - 1];
  if (!input) return false;
  input.focus();
  input.click();
  return true;
}

function press(key) {
  const button = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  if (!button || button.offsetParent === null && !button.closest("[data-toast]")) return false;
  button.click();
  return true;
}

function crossMap() {
  const map = document.querySelector("[data-map]");
  if (!map) return false;
  const table = document.getElementById(map.dataset.map);
  const canvas = map.querySelector("canvas");
  if (map.contains(document.activeElement) || !canvas) walk(1);
  else canvas.focus();
  return Boolean(table);
}

// The help shows the keys that do something on this page: those with something to work on, and those that buttons name.
function tellKeys(help) {
  for (const row of help.querySelectorAll("[data-from-button]")) row.remove();
  for (const pair of help.querySelectorAll("[data-works-with]")) pair.hidden = !document.querySelector(pair.dataset.worksWith);
  const list = help.querySelector("[data-keys]");
  const told = new Set([...list.querySelectorAll("kbd")].map((kbd) => kbd.textContent));
  for (const button of document.querySelectorAll("[data-key]")) {
    if (told.has(button.dataset.key)) continue;
    told.add(button.dataset.key);
    list.prepend(keyRow(button));
  }
}

function keyRow(button) {
  const [row, key, does, kbd] = ["div", "dt", "dd", "kbd"].map((name) => document.createElement(name));
  const label = button.cloneNode(true);
  label.querySelector("kbd")?.remove();
  kbd.textContent = button.dataset.key;
  does.textContent = button.getAttribute("aria-label") ?? label.textContent.trim();
  key.append(kbd);
  row.append(key, does);
  row.dataset.fromButton = "";
  return row;
}

const ACTS = {
  j: () => (walk(1), true),
  k: () => (walk(-1), true),
  m: crossMap,
  "?": () => {
    help?.togglePopover();
    return Boolean(help);
  },
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.(TYPING)) return;
  const isDone = ACTS[event.key]?.() ?? (/^[1-9]$/.test(event.key) ? choose(Number(event.key)) : press(event.key));
  if (isDone) event.preventDefault();
});

const help = document.getElementById("key-help");
help?.addEventListener("beforetoggle", (event) => event.newState === "open" && tellKeys(help));

// An error summary takes the focus, so that it is read first.
document.querySelector(".error-summary")?.focus();

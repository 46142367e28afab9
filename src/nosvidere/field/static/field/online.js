// On the own shift's page: make ready for being without a network. Without script the page works as it is.
import "./counter.js";
import { savePack, wipePack } from "./store.js";

async function fetchPack() {
  const answer = await fetch("/falt/paket", { redirect: "manual", cache: "no-store" });
  if (!answer.ok) return wipePack();
  const pack = await answer.json();
  // The server's clock counts: a phone whose clock is wrong must not keep a pack too long.
  await savePack({ ...pack, clock_ahead_ms: Date.parse(pack.now) - Date.now() });
}

if ("serviceWorker" in navigator) {
  await navigator.serviceWorker.register("/falt/arbetare.js", { scope: "/falt/" });
  await navigator.serviceWorker.ready;
  await navigator.storage?.persist?.();
  await fetchPack();
  document.querySelector("[data-outbox]").dataset.ready = "";
}

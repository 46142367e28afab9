// Records leave in order, one tab at a time, and are let go only when the server has said that it holds them.
import { drop, keep, waiting, wipePack } from "./store.js";

const BATCH = 50;
const EVERY_MS = 30_000;
const changed = () => document.dispatchEvent(new CustomEvent("outbox"));

// A UUID of version 7 (RFC 9562, 5.7): the time in milliseconds, then chance.
export function newId(at = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0, rest = at; i < 6; i++, rest = Math.floor(rest / 256)) bytes[5 - i] = rest % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export async function add(kind, body, by) {
  await keep({ id: newId(), kind, body, by, seq: Date.now() });
  changed();
}

export async function counts() {
  const records = await waiting();
  return {
    unsent: records.filter((one) => !one.refused).length,
    refused: records.filter((one) => one.refused),
  };
}

export async function dismiss(id) {
  await drop(id);
  changed();
}

// Who is signed in and the token for sending; null without a network; signing out elsewhere wipes the pack.
async function ticket() {
  const answer = await fetch("/falt/nyckel", { redirect: "manual", cache: "no-store" }).catch(() => null);
  if (answer?.ok) return answer.json();
  if (answer && (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403)) {
    await wipePack();
    document.dispatchEvent(new CustomEvent("signed-out"));
  }
  return null;
}

async function settle(record, { result, reason }) {
  if (result === "stored" || result === "duplicate") await drop(record.id);
  else if (result === "rejected") await keep({ ...record, refused: reason });
}

async function send(records, csrf) {
  const items = records.map(({ id, kind, body }) => ({ id, kind, body }));
  const answer = await fetch("/falt/utkorg", {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
    body: JSON.stringify({ items }),
  }).catch(() => null);
  if (!answer?.ok) return false;
  const told = new Map((await answer.json()).items.map((one) => [one.id, one]));
  for (const record of records) if (told.has(record.id)) await settle(record, told.get(record.id));
  return true;
}

async function sendAll() {
  const pass = await ticket();
  if (!pass) return;
  // Someone else's records wait for that person: nobody sends in another's name.
  const own = (await waiting()).filter((one) => one.by === pass.code && !one.refused);
  for (let at = 0; at < own.length; at += BATCH) {
    if (!(await send(own.slice(at, at + BATCH), pass.csrf))) break;
  }
  changed();
}

export const flush = () => navigator.locks.request("nosvidere-outbox", { ifAvailable: true }, (lock) => lock && sendAll());

// Try when the page opens, when the network comes, when the page is looked at, and now and then.
export function keepFlushing() {
  const visible = () => document.visibilityState === "visible" && flush();
  window.addEventListener("online", flush);
  document.addEventListener("visibilitychange", visible);
  setInterval(visible, EVERY_MS * (0.75 + Math.random() / 2));
  return flush();
}

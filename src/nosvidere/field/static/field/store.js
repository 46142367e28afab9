// What the phone keeps, all of it encrypted: the shift's pack and the records that wait.
// The keys are made here, cannot be taken out of the browser, and the pack's key dies with the shift.
const NAME = "nosvidere-field";
const AES = { name: "AES-GCM", length: 256 };

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

let opening;
function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => ["keys", "pack", "outbox"].forEach((name) => request.result.createObjectStore(name));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
}

async function store(name, mode = "readonly") {
  return (await database()).transaction(name, mode).objectStore(name);
}

const get = async (name, key) => done((await store(name)).get(key));
const remove = async (name, key) => done((await store(name, "readwrite")).delete(key));

// Resolves only when the change is safely on the disk: a record is not called saved before that.
async function put(name, key, value) {
  const transaction = (await database()).transaction(name, "readwrite", { durability: "strict" });
  transaction.objectStore(name).put(value, key);
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

async function keyOf(name) {
  const known = await get("keys", name);
  if (known) return known;
  const made = await crypto.subtle.generateKey(AES, false, ["encrypt", "decrypt"]);
  // Two tabs may make one at the same time: the first to be stored is the one that both use.
  const keys = await store("keys", "readwrite");
  const first = await done(keys.get(name));
  if (first) return first;
  await done(keys.put(made, name));
  return made;
}

async function seal(name, content) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(content));
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(name), plain) };
}

async function open(name, { iv, sealed }) {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await keyOf(name), sealed);
  return JSON.parse(new TextDecoder().decode(plain));
}

export async function savePack(pack) {
  await put("pack", "current", await seal("pack", pack));
}

// The pack while it holds, else nothing: a pack that has ended is wiped with its key.
export async function loadPack() {
  const box = await get("pack", "current");
  if (!box) return null;
  const pack = await open("pack", box).catch(() => null);
  if (pack && Date.parse(pack.expires_at) > Date.now() + pack.clock_ahead_ms) return pack;
  await wipePack();
  return null;
}

export async function wipePack() {
  await remove("pack", "current");
  await remove("keys", "pack");
}

export async function keep(record) {
  await put("outbox", record.id, await seal("outbox", record));
}

export const drop = (id) => remove("outbox", id);

// All records that wait, the oldest first.
export async function waiting() {
  const boxes = await done((await store("outbox")).getAll());
  const records = await Promise.all(boxes.map((box) => open("outbox", box)));
  return records.sort((a, b) => a.seq - b.seq);
}

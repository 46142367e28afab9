// Holds the page that works without a network, and nothing else: no answer with anybody's data is ever cached.
const CACHE = "field-{{ version }}";
const SHELL = "{{ shell }}";
const FILES = new Set([{% for file in files %}"{{ file }}"{% if not forloop.last %}, {% endif %}{% endfor %}]);

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([SHELL, ...FILES])));
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(SHELL)));
  else if (FILES.has(path)) event.respondWith(fetch(request).catch(() => caches.match(path)));
});

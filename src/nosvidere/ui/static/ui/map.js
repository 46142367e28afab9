// The map beside a table: drawn from the table's rows, so that both always show the same places in the same order.
// Places are rings of one size; many together are said in words. No glyphs: names are HTML.
import { LngLatBounds, Map, Marker, NavigationControl, addProtocol } from "../vendor/maplibre/maplibre-gl.mjs";
import { PMTiles, Protocol } from "../vendor/pmtiles/pmtiles.js";

const SWEDISH = {
  "NavigationControl.ZoomIn": "Zooma in",
  "NavigationControl.ZoomOut": "Zooma ut",
  "Map.Title": "Karta",
};
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const place = (row) => [Number(row.dataset.lon), Number(row.dataset.lat)];

// What of the base is drawn, in this order, if the archive has it: [source layer, type, paint].
const base = () => [
  ["earth", "fill", { "fill-color": token("--paper") }],
  ["land", "fill", { "fill-color": token("--paper") }],
  ["landuse", "fill", { "fill-color": token("--paper") }],
  ["water", "fill", { "fill-color": token("--wash") }],
  ["municipalities", "line", { "line-color": token("--edge"), "line-width": 1, "line-dasharray": [4, 3] }],
  ["districts", "line", { "line-color": token("--line"), "line-width": 1.5 }],
  ["streets", "line", { "line-color": token("--line"), "line-width": ["interpolate", ["linear"], ["zoom"], 10, 0.4, 16, 4] }],
  ["roads", "line", { "line-color": token("--line"), "line-width": ["interpolate", ["linear"], ["zoom"], 10, 0.4, 16, 4] }],
  ["buildings", "fill", { "fill-color": token("--line") }],
];

async function openTiles(href) {
  const url = new URL(href, location.href).href;
  const archive = new PMTiles(url);
  const protocol = new Protocol();
  protocol.add(archive);
  addProtocol("pmtiles", protocol.tile);
  const { vector_layers: layers = [] } = await archive.getMetadata();
  const has = new Set(layers.map((layer) => layer.id));
  return { url: `pmtiles://${url}`, layers: base().filter(([layer]) => has.has(layer)) };
}

function styleOf(tiles, rows) {
  const features = rows.map((row, at) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: place(row) },
    properties: { at },
  }));
  const ring = { "circle-radius": 7, "circle-color": token("--raised"), "circle-stroke-color": token("--accent"), "circle-stroke-width": 3 };
  return {
    version: 8,
    sources: {
      ...(tiles && { base: { type: "vector", url: tiles.url } }),
      places: { type: "geojson", cluster: true, clusterRadius: 36, clusterMaxZoom: 16, data: { type: "FeatureCollection", features } },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": token(tiles ? "--wash" : "--sunk") } },
      ...(tiles?.layers ?? []).map(([layer, type, paint]) => ({ id: layer, type, source: "base", "source-layer": layer, paint })),
      { id: "together", type: "circle", source: "places", filter: ["has", "point_count"], paint: { "circle-radius": 1, "circle-opacity": 0 } },
      { id: "rings", type: "circle", source: "places", filter: ["!", ["has", "point_count"]], paint: ring },
    ],
  };
}

// Clusters as words: a button that moves closer. Markers that are no longer needed go.
function sayClusters(map, word) {
  const shown = new globalThis.Map();
  return () => {
    const now = new globalThis.Map(map.queryRenderedFeatures({ layers: ["together"] }).map((one) => [one.properties.cluster_id, one]));
    for (const [id, marker] of shown) if (!now.has(id)) shown.delete(id) && marker.remove();
    for (const [id, one] of now) {
      if (shown.has(id)) continue;
      const button = Object.assign(document.createElement("button"), { type: "button", className: "map-cluster" });
      button.textContent = `${one.properties.point_count} ${word}`;
      button.addEventListener("click", async () => {
        const zoom = await map.getSource("places").getClusterExpansionZoom(id);
        map.easeTo({ center: one.geometry.coordinates, zoom });
      });
      shown.set(id, new Marker({ element: button }).setLngLat(one.geometry.coordinates).addTo(map));
    }
  };
}

// District names as HTML, each once, as its tiles come.
function nameDistricts(map) {
  const named = new Set();
  return () => {
    const found = new globalThis.Map();
    for (const one of map.querySourceFeatures("base", { sourceLayer: "districts" })) {
      const { name } = one.properties;
      if (one.geometry.type !== "Polygon" || !name || named.has(name)) continue;
      const box = found.get(name) ?? new LngLatBounds();
      one.geometry.coordinates[0].forEach((corner) => box.extend(corner));
      found.set(name, box);
    }
    for (const [name, box] of found) {
      named.add(name);
      const label = Object.assign(document.createElement("span"), { className: "map-name", textContent: name });
      new Marker({ element: label }).setLngLat(box.getCenter()).addTo(map);
    }
  };
}

function tieToTable(map, table, rows) {
  map.on("click", "rings", ({ features: [ring] }) => {
    const row = rows[ring.properties.at];
    row.scrollIntoView({ block: "nearest" });
    (row.querySelector("a") ?? row).focus();
  });
  map.on("mouseenter", "rings", () => (map.getCanvas().style.cursor = "pointer"));
  map.on("mouseleave", "rings", () => (map.getCanvas().style.cursor = ""));
  table.addEventListener("focusin", ({ target }) => {
    const row = target.closest("[data-lat]");
    if (!row) return;
    const at = rows.indexOf(row);
    map.setPaintProperty("rings", "circle-color", ["case", ["==", ["get", "at"], at], token("--accent"), token("--raised")]);
    if (!map.getBounds().contains(place(row))) map.easeTo({ center: place(row) });
  });
}

async function draw(box) {
  const table = document.getElementById(box.dataset.map);
  const rows = [...table.querySelectorAll("[data-lat]")];
  if (!rows.length) return;
  const tiles = box.dataset.tiles ? await openTiles(box.dataset.tiles) : null;
  const bounds = new LngLatBounds();
  rows.forEach((row) => bounds.extend(place(row)));
  box.dataset.drawn = "";
  box.querySelector("[data-map-note]")?.remove();
  const map = new Map({
    container: box,
    style: styleOf(tiles, rows),
    bounds,
    fitBoundsOptions: { padding: 48, maxZoom: 15 },
    attributionControl: false,
    dragRotate: false,
    locale: document.documentElement.lang === "sv" ? SWEDISH : undefined,
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  map.on("render", sayClusters(map, box.dataset.placesWord));
  if (tiles?.layers.some(([layer]) => layer === "districts")) map.on("idle", nameDistricts(map));
  map.once("idle", () => (box.dataset.ready = ""));
  tieToTable(map, table, rows);
}

for (const box of document.querySelectorAll("[data-map]")) {
  draw(box).catch((error) => {
    delete box.dataset.drawn;
    box.replaceChildren(Object.assign(document.createElement("p"), { textContent: box.dataset.failed }));
    console.error("map", error);
  });
}

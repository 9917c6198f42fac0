// The map of areas. The server's drawing stands first; where the machine can draw maps (WebGL2) it is replaced by
// one that zooms. Both answer to pointer and tap through the same readout, and a field finds an area by name, so
// that nothing needs a pointer. There is no base map: outlines come from this site alone.

const STYLE = getComputedStyle(document.documentElement);
const colour = (name) => STYLE.getPropertyValue(name).trim();
const reduced = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

class AreaMap {
  constructor(root) {
    this.root = root;
    this.drawing = root.querySelector("[data-drawing]");
    this.readout = document.getElementById(root.dataset.readout);
    this.chosen = root.dataset.chosen || "";
    this.areas = {};
  }

  async start() {
    this.listenToDrawing();
    const [values, outlines] = await Promise.all([this.fetch("values"), this.fetch("outlines")]);
    this.areas = values.areas;
    this.outlines = outlines;
    this.offerNames();
    try {
      await this.drawLive();
    } catch (error) {
      this.root.classList.add("is-drawn-only");
      console.warn("The map stays as the server drew it.", error);
    }
  }

  async fetch(name) {
    const answer = await fetch(this.root.dataset[name], { credentials: "same-origin" });
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer.json();
  }

  // ---- What an area says

  tell(code) {
    const area = this.areas[code];
    if (!area || !this.readout) return;
    const say = { name: area.name, place: area.place, value: area.value, interval: area.interval, text: area.text };
    for (const [part, text] of Object.entries(say)) {
      const element = this.readout.querySelector(`[data-part="${part}"]`);
      if (element) element.textContent = text ?? "";
    }
    const link = this.readout.querySelector('[data-part="link"]');
    if (link) {
      link.href = `${this.root.dataset.pages}${encodeURIComponent(code)}/`;
      link.hidden = false;
    }
    this.readout.hidden = false;
  }

  choose(code) {
    if (!this.areas[code]) return;
    this.chosen = code;
    this.tell(code);
    this.outlineInDrawings(code);
    this.live?.setFilter("chosen-ink", ["==", ["get", "code"], code]);
    this.live?.setFilter("chosen", ["==", ["get", "code"], code]);
  }

  // ---- The server's drawing

  listenToDrawing() {
    for (const svg of this.root.querySelectorAll("svg.map")) {
      svg.addEventListener("pointerover", (event) => this.tell(event.target.dataset?.code));
      svg.addEventListener("pointerleave", () => this.tell(this.chosen));
      svg.addEventListener("click", (event) => this.choose(event.target.dataset?.code));
    }
  }

  outlineInDrawings(code) {
    const source = this.drawing?.querySelector(`path[data-code="${CSS.escape(code)}"]`);
    if (!source) return;
    for (const outline of this.root.querySelectorAll(".m-chosen, .m-chosen-ink")) {
      outline.setAttribute("d", source.getAttribute("d"));
    }
  }

  // ---- Finding an area without a pointer

  offerNames() {
    const field = document.getElementById(this.root.dataset.finder);
    if (!field) return;
    const list = document.createElement("datalist");
    list.id = `${field.id}-names`;
    const codes = new Map();
    for (const [code, area] of Object.entries(this.areas)) {
      const label = area.place ? `${area.name}, ${area.place}` : area.name;
      codes.set(label.toLowerCase(), code);
      codes.set(code.toLowerCase(), code);
      list.append(new Option(label));
    }
    field.after(list);
    field.setAttribute("list", list.id);
    const find = () => {
      const code = codes.get(field.value.trim().toLowerCase());
      if (!code) return false;
      this.choose(code);
      this.showInLive(code);
      return true;
    };
    field.addEventListener("change", find);
    field.form?.addEventListener("submit", (event) => {
      if (find()) event.preventDefault();
    });
  }

  // ---- The map that zooms

  async drawLive() {
    if (!document.createElement("canvas").getContext("webgl2")) throw new Error("no WebGL2");
    const library = await import(this.root.dataset.library);
    library.setWorkerUrl(this.root.dataset.worker);
    const holder = document.createElement("div");
    holder.className = "map-live";
    holder.dataset.mapLive = "";
    this.drawing.before(holder);
    this.root.classList.add("is-live");
    try {
      this.live = await this.makeLive(library, holder);
    } catch (error) {
      holder.remove();
      this.root.classList.remove("is-live");
      throw error;
    }
    this.addNames(library);
    this.listenToLive();
    this.root.dataset.ready = "live";
  }

  async makeLive(library, holder) {
    const box = bounds(this.outlines);
    const map = new library.Map({
      container: holder,
      style: { version: 8, sources: {}, layers: [] },
      bounds: box,
      fitBoundsOptions: { padding: 12 },
      maxBounds: grown(box, 0.35),
      maxZoom: 15,
      attributionControl: false,
      cooperativeGestures: true,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: reduced ? 0 : 100,
      locale: {
        "CooperativeGesturesHandler.WindowsHelpText": "Hold Ctrl and scroll to zoom the map",
        "CooperativeGesturesHandler.MacHelpText": "Hold ⌘ and scroll to zoom the map",
        "CooperativeGesturesHandler.MobileHelpText": "Use two fingers to move the map",
      },
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
    map.addControl(new library.ScaleControl({ unit: "metric" }), "bottom-right");
    await new Promise((resolve, reject) => {
      map.once("load", resolve);
      map.once("error", (event) => reject(event.error));
    });
    const districts = this.root.dataset.districts ? await this.fetch("districts") : null;
    this.addLayers(map, districts);
    await new Promise((resolve) => map.once("idle", resolve));
    return map;
  }

  addLayers(map, districts) {
    const data = structuredClone(this.outlines);
    for (const feature of data.features) {
      feature.properties.paint = this.areas[feature.properties.code]?.paint ?? "m-unknown";
    }
    map.addImage("hatch", hatch());
    map.addSource("areas", { type: "geojson", data });
    map.addLayer({ id: "fill", type: "fill", source: "areas", paint: { "fill-color": fillColours() } });
    map.addLayer({
      id: "unknown",
      type: "fill",
      source: "areas",
      filter: ["==", ["get", "paint"], "m-unknown"],
      paint: { "fill-pattern": "hatch" },
    });
    const edge = { "line-color": colour("--map-edge"), "line-width": ["interpolate", ["linear"], ["zoom"], 8, 0.4, 13, 1.2] };
    map.addLayer({ id: "edge", type: "line", source: "areas", paint: edge });
    if (districts) {
      map.addSource("districts", { type: "geojson", data: districts });
      const line = { "line-color": colour("--map-boundary"), "line-width": 1 };
      map.addLayer({ id: "districts", type: "line", source: "districts", paint: line });
    }
    const only = ["==", ["get", "code"], this.chosen];
    const over = [["chosen-ink", "--ink", 5], ["chosen", "--map-selected", 2.5]];
    for (const [id, name, width] of over) {
      const paint = { "line-color": colour(name), "line-width": width };
      map.addLayer({ id, type: "line", source: "areas", filter: only, paint, layout: { "line-join": "round" } });
    }
  }

  listenToLive() {
    const map = this.live;
    map.on("mousemove", "fill", (event) => {
      map.getCanvas().style.cursor = "pointer";
      this.tell(event.features[0].properties.code);
    });
    map.on("mouseleave", "fill", () => {
      map.getCanvas().style.cursor = "";
      this.tell(this.chosen);
    });
    map.on("click", "fill", (event) => this.choose(event.features[0].properties.code));
    map.getCanvas().setAttribute("aria-label", this.root.dataset.alternative);
  }

  showInLive(code) {
    const feature = this.outlines.features.find((one) => one.properties.code === code);
    if (!feature || !this.live) return;
    const box = bounds({ features: [feature] });
    this.live.fitBounds(box, { padding: 80, maxZoom: 12, animate: !reduced });
  }

  addNames(library) {
    const places = JSON.parse(this.root.dataset.places || "[]");
    const marks = places.map(([name, longitude, latitude]) => {
      const element = document.createElement("span");
      element.className = "map-name";
      element.append(document.createElement("span"));
      element.firstChild.textContent = name;
      element.setAttribute("aria-hidden", "true");
      new library.Marker({ element, anchor: "left" }).setLngLat([longitude, latitude]).addTo(this.live);
      element.removeAttribute("role");
      element.removeAttribute("tabindex");
      return { element, at: [longitude, latitude] };
    });
    const part = () => keepApart(this.live, marks);
    this.live.on("moveend", part);
    part();
  }
}

// ---- Geometry and colours

function bounds(collection) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const walk = (coordinates) => {
    if (typeof coordinates[0] === "number") {
      box[0] = Math.min(box[0], coordinates[0]);
      box[1] = Math.min(box[1], coordinates[1]);
      box[2] = Math.max(box[2], coordinates[0]);
      box[3] = Math.max(box[3], coordinates[1]);
    } else {
      coordinates.forEach(walk);
    }
  };
  collection.features.forEach((feature) => walk(feature.geometry.coordinates));
  return box;
}

function grown([west, south, east, north], by) {
  const across = (east - west) * by;
  const up = (north - south) * by;
  return [west - across, south - up, east + across, north + up];
}

function fillColours() {
  const pairs = [];
  for (let step = 1; step <= 6; step += 1) pairs.push(`m-${step}`, colour(`--map-seq-${step}`));
  for (let step = 1; step <= 7; step += 1) pairs.push(`d-${step}`, colour(`--map-div-${step}`));
  pairs.push("m-suppressed", colour("--map-suppressed"));
  return ["match", ["get", "paint"], ...pairs, colour("--unknown-tint")];
}

function hatch() {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 8;
  const pen = canvas.getContext("2d");
  pen.fillStyle = colour("--unknown-tint");
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = colour("--unknown");
  for (const shift of [-8, 0, 8]) {
    pen.moveTo(shift, 8);
    pen.lineTo(shift + 8, 0);
  }
  pen.stroke();
  return pen.getImageData(0, 0, 8, 8);
}

function keepApart(map, marks) {
  const taken = [];
  const edge = map.getCanvas().clientWidth;
  for (const { element, at } of marks) {
    const { x, y } = map.project(at);
    const width = 10 + element.textContent.length * 7.5;
    const left = x + width > edge;
    const box = left ? [x - width, y - 9, x + 4, y + 9] : [x - 4, y - 9, x + width, y + 9];
    element.classList.toggle("is-left", left);
    const collides = taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
    element.classList.toggle("is-hidden", collides);
    if (!collides) taken.push(box);
  }
}

for (const root of document.querySelectorAll("[data-area-map]")) {
  new AreaMap(root).start().catch((error) => console.warn("The map could not be prepared.", error));
}

// Charts come drawn from the server. Where scripts run, each is drawn again from the same specification when it
// comes into view, so that its marks answer to the pointer. If anything fails, the server's drawing stays.

const NARROW = window.matchMedia("(max-width: 47.99em)");
const OPTIONS = {
  ast: true, // works without evaluating text as code, which the content policy forbids
  renderer: "svg",
  actions: false,
  defaultStyle: false,
  tooltip: { disableDefaultStyle: true },
};

let library;

function loadLibrary(address) {
  library ??= import(address).then(() => window.vegaEmbed);
  return library;
}

function specification(figure, width) {
  const held = figure.querySelector(`script[data-spec="${width}"]`) ?? figure.querySelector("script[data-spec]");
  return JSON.parse(held.textContent);
}

// One text alternative for the whole; not one for every mark.
function quieten(canvas) {
  for (const element of canvas.querySelectorAll("svg, svg *")) {
    for (const name of element.getAttributeNames()) {
      if (name === "role" || name.startsWith("aria-")) element.removeAttribute(name);
    }
  }
}

async function draw(figure) {
  const width = NARROW.matches ? "narrow" : "wide";
  if (figure.dataset.drawn === width) return;
  figure.dataset.drawn = width;
  const embed = await loadLibrary(figure.dataset.vega);
  const canvas = figure.querySelector("[data-live]") ?? figure.appendChild(document.createElement("div"));
  canvas.dataset.live = "";
  canvas.className = "figure__live";
  try {
    const view = await embed(canvas, specification(figure, width), OPTIONS);
    quieten(canvas);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", figure.dataset.alternative);
    figure.view?.finalize();
    figure.view = view;
    figure.classList.add("is-live");
  } catch (error) {
    canvas.remove();
    figure.classList.remove("is-live");
    console.warn("The chart stays as the server drew it.", error);
  }
}

function start() {
  const figures = document.querySelectorAll("[data-figure]");
  if (!figures.length || !("IntersectionObserver" in window)) return;
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        watcher.unobserve(entry.target);
        draw(entry.target);
      }
    },
    { rootMargin: "200px" },
  );
  figures.forEach((figure) => watcher.observe(figure));
  NARROW.addEventListener("change", () => {
    document.querySelectorAll("[data-figure].is-live").forEach(draw);
  });
}

start();

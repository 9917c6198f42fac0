// Keys for those who work without a mouse. They can be switched off (WCAG 2.1.4), in the panel and on the help page.
const KEPT = "upstream-keys";
const isOn = () => localStorage.getItem(KEPT) !== "off";
const linkNamed = (name) => [...document.querySelectorAll(".areas a")].find((link) => link.textContent.trim() === name);
const GO = {
  h: ["Home", () => location.assign("/")],
  n: ["Notices", () => location.assign("/notices/")],
  k: ["Know", () => linkNamed("Know")?.click()],
  a: ["Act", () => linkNamed("Act")?.click()],
  c: ["Account", () => linkNamed("Account")?.click()],
};
const KEYS = [
  ["/", "search"],
  ["j, k", "next and previous row of a list; Enter opens it"],
  ["e", "change the record"],
  ...Object.entries(GO).map(([key, [name]]) => [`g ${key}`, `go to ${name}`]),
  ["?", "show this"],
];

function switchKeys(on) {
  if (on) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, "off");
  for (const box of document.querySelectorAll("[data-keys-switch]")) box.checked = on;
}

function makeSwitch(box) {
  box.checked = isOn();
  box.addEventListener("change", () => switchKeys(box.checked));
}

let panel;
function showPanel() {
  panel ??= makePanel();
  panel.showModal();
}

function makePanel() {
  const made = document.createElement("dialog");
  made.className = "key-panel";
  made.setAttribute("aria-labelledby", "keys-title");
  const title = Object.assign(document.createElement("h2"), { id: "keys-title", textContent: "Keys" });
  const list = document.createElement("dl");
  list.className = "facts facts--tight";
  for (const [key, words] of KEYS) {
    const term = document.createElement("dt");
    term.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    list.append(term, Object.assign(document.createElement("dd"), { textContent: words }));
  }
  const label = Object.assign(document.createElement("label"), { className: "choice choice--plain" });
  const box = Object.assign(document.createElement("input"), { type: "checkbox" });
  box.setAttribute("data-keys-switch", "");
  label.append(box, " Single keys do these things");
  const close = Object.assign(document.createElement("button"), { className: "btn btn--second", textContent: "Close" });
  close.addEventListener("click", () => made.close());
  const buttons = Object.assign(document.createElement("div"), { className: "btns" });
  buttons.append(close);
  made.append(title, list, label, buttons);
  document.body.append(made);
  makeSwitch(box);
  return made;
}

function moveInList(step) {
  const links = [...document.querySelectorAll("main .table--list tbody th a, main .results a.title-link")];
  if (!links.length) return false;
  const here = links.indexOf(document.activeElement);
  const next = links[here < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(here + step, 0), links.length - 1)];
  next.focus();
  return true;
}

const ACTS = {
  "?": () => (showPanel(), true),
  "/": () => {
    const box = [...document.querySelectorAll(".find input")].find((input) => input.offsetParent);
    box?.focus();
    return Boolean(box);
  },
  j: () => moveInList(1),
  k: () => moveInList(-1),
  e: () => {
    const link = document.querySelector("a[data-edits]");
    link?.click();
    return Boolean(link);
  },
};

let waitsForPlace = 0;
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable], dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !isOn()) return;
  const going = waitsForPlace && Date.now() - waitsForPlace < 2000;
  waitsForPlace = 0;
  if (going && GO[event.key]) {
    event.preventDefault();
    GO[event.key][1]();
  } else if (event.key === "g") {
    waitsForPlace = Date.now();
  } else if (ACTS[event.key]?.()) {
    event.preventDefault();
  }
});

for (const box of document.querySelectorAll("[data-keys-switch]")) {
  box.closest("[hidden]")?.removeAttribute("hidden");
  makeSwitch(box);
}

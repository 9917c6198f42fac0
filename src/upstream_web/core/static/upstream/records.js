// Words that were typed and not sent are kept in this tab, offered after a crash, and not left behind unasked.
const fieldsOf = (form) => [...form.elements].filter((one) => one.name && !["hidden", "file", "password"].includes(one.type));
const wordsOf = (form) =>
  JSON.stringify(fieldsOf(form).map((one) => [one.name, one.type === "checkbox" || one.type === "radio" ? one.checked : one.value]));

function putBack(form, kept) {
  const values = JSON.parse(kept);
  fieldsOf(form).forEach((one, place) => {
    const [name, value] = values[place] ?? [];
    if (name !== one.name) return;
    if (typeof value === "boolean") one.checked = value;
    else one.value = value;
  });
}

function offer(form, name, kept) {
  const note = document.createElement("div");
  note.className = "note note--info";
  note.setAttribute("role", "status");
  const words = Object.assign(document.createElement("p"), { textContent: "You typed here and did not save." });
  const back = Object.assign(document.createElement("button"), { type: "button", className: "btn btn--second", textContent: "Put my words back" });
  const drop = Object.assign(document.createElement("button"), { type: "button", className: "btn-plain", textContent: "Forget them" });
  back.addEventListener("click", () => (putBack(form, kept), note.remove(), form.dispatchEvent(new Event("input"))));
  drop.addEventListener("click", () => (sessionStorage.removeItem(name), note.remove()));
  note.append(words, back, drop);
  form.prepend(note);
}

// What was sent is forgotten only on the page that shows it arrived: a connection may break on the way.
const SENT = "upstream-sent";
const sentBefore = sessionStorage.getItem(SENT);
sessionStorage.removeItem(SENT);
const keeping = [...document.querySelectorAll("form[data-keeps]")];
const wasRefused = document.querySelector("[data-refused]") !== null; // a page that says why nothing was done
const arrived = (form) => form === undefined || form.dataset.doneAt === location.hash;
if (sentBefore && !wasRefused && arrived(keeping.find((form) => `upstream-${form.dataset.keeps}` === sentBefore))) {
  sessionStorage.removeItem(sentBefore);
}

for (const form of keeping) {
  const name = `upstream-${form.dataset.keeps}`;
  const first = wordsOf(form);
  const kept = sessionStorage.getItem(name);
  let leaves = false;
  if (kept && kept !== first && !document.querySelector(".error-summary")) offer(form, name, kept);
  form.addEventListener("input", () => {
    const now = wordsOf(form);
    if (now === first) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, now);
  });
  form.addEventListener("submit", () => {
    leaves = true;
    sessionStorage.setItem(SENT, name);
  });
  for (const link of form.querySelectorAll("a.btn--second")) {
    link.addEventListener("click", () => {
      leaves = true; // left on purpose
      sessionStorage.removeItem(name);
    });
  }
  window.addEventListener("beforeunload", (event) => {
    if (!leaves && wordsOf(form) !== first) event.preventDefault();
  });
}

// Names after an @: only people who may see the record are offered, by the server.
const NAME_BEFORE = /(?:^|[\s(])@([\w.+-]{1,40})$/;
for (const box of document.querySelectorAll("textarea[data-mentions]")) {
  const list = document.createElement("div");
  list.setAttribute("aria-live", "polite");
  box.after(list);
  let asked = 0;
  box.addEventListener("input", () => {
    const found = NAME_BEFORE.exec(box.value.slice(0, box.selectionStart));
    clearTimeout(asked);
    list.replaceChildren();
    if (!found) return;
    asked = setTimeout(() => {
      htmx.ajax("GET", `${box.dataset.mentions}?q=${encodeURIComponent(found[1])}`, { target: list, swap: "innerHTML" });
    }, 200);
  });
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-mention]");
    if (!chosen) return;
    const before = box.value.slice(0, box.selectionStart).replace(/@[\w.+-]*$/, `@${chosen.dataset.mention} `);
    box.value = before + box.value.slice(box.selectionStart);
    box.setSelectionRange(before.length, before.length);
    list.replaceChildren();
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

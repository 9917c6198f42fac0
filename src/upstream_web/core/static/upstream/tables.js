// Tables whose rows are all on the page are sorted in place. Paged tables carry links in their headings instead and
// are sorted by the server; this leaves them alone.

function keyOf(cell) {
  const given = cell?.dataset.sortValue;
  if (given === undefined) return cell?.textContent.trim().toLowerCase() ?? "";
  return given === "" ? null : Number.isNaN(Number(given)) ? given.toLowerCase() : Number(given);
}

function compare(a, b) {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en-GB");
}

function sortBy(table, heading, column) {
  const descending = heading.getAttribute("aria-sort") === "ascending" ||
    (!heading.hasAttribute("aria-sort") && heading.classList.contains("num"));
  const body = table.tBodies[0];
  const pinned = [...body.rows].filter((row) => row.classList.contains("is-total"));
  const rows = [...body.rows].filter((row) => !row.classList.contains("is-total"));
  const unknownLast = (a, b) => {
    const [one, other] = [keyOf(a.cells[column]), keyOf(b.cells[column])];
    if (one === null || other === null) return compare(one, other);
    return descending ? compare(other, one) : compare(one, other);
  };
  body.append(...pinned, ...rows.sort(unknownLast));
  table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
  heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    if (!heading.hasAttribute("data-sort")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sortBy(table, heading, column));
  });
}

// ---- Menus close on Escape and when the focus leaves.

for (const menu of document.querySelectorAll("details[data-menu]")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

// ---- Copying a citation or a snippet.

for (const button of document.querySelectorAll("button[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const said = document.getElementById(`${button.dataset.copy}-said`);
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
      said.textContent = "Copied.";
    } catch {
      window.getSelection().selectAllChildren(source);
      said.textContent = "Selected: press Ctrl and C to copy.";
    }
  });
}

// The little script that every page has. Everything works without it; it makes some things quicker.
import { ErrorSummary, PasswordInput } from "../govuk-frontend.min.js";

// Menus close with Escape and when the reader goes elsewhere.
const menus = () => document.querySelectorAll("details[data-closes][open]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});

// Printing is offered only where a script can start it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A second press while the first is on its way would do the thing twice.
const MOMENT = 3000; // a form that answers with a file leaves the page where it is
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.onItsWay) event.preventDefault();
  form.dataset.onItsWay = "yes";
  setTimeout(() => delete form.dataset.onItsWay, MOMENT);
});

// A choice that shows its result at once; without script its form has a button.
for (const form of document.querySelectorAll("form[data-submits]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

// Components of govuk-frontend. The class on the body is their sign that modules can run.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const [Component, name] of [[ErrorSummary, "govuk-error-summary"], [PasswordInput, "govuk-password-input"]]) {
  for (const element of document.querySelectorAll(`[data-module="${name}"]`)) new Component(element);
}

// A little help where there is JavaScript; every page works without it.
"use strict";

document.documentElement.classList.add("js");

// A form is sent once: its button says that it is at work.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  const button = event.submitter;
  if (!button) return;
  // After the form's data was read: a disabled button is not part of it.
  setTimeout(() => {
    if (button.dataset.busy) button.textContent = button.dataset.busy;
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
  });
});

// Back in history brings the page as it was left: let its forms work again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-print]");
  if (!button) return;
  if ("print" in button.dataset) return window.print();
  const input = document.getElementById(button.dataset.copy);
  input.select();
  navigator.clipboard?.writeText(input.value).then(() => { button.textContent = "✓ " + button.textContent.replace("✓ ", ""); });
});

// "/" goes to the search.
document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = document.querySelector(`[data-hotkey="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  target.focus();
});

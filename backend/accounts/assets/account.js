// Nothing here is needed: forms work without it. A form is sent once however often its button is
// pressed, and what must be read first gets the focus.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
// Coming back to a page that the browser kept: its forms can be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
document.querySelector("[data-focus]")?.focus();

// What was just done stays until someone closes it: the button, or Escape. Without script it stays until the next page.
const close = (toast) => toast.remove();

for (const button of document.querySelectorAll("[data-toast-close]")) {
  button.hidden = false;
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-toast-close]");
  if (button) close(button.closest("[data-toast]"));
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector(":popover-open")) return;
  for (const toast of document.querySelectorAll("[data-toast]")) close(toast);
});

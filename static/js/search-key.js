// The key / goes to the search box: the page's own, the one in its head, or by the way to it where
// there is no room for a box. It changes nothing in what somebody writes.
const TYPED = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]";

const isThere = (element) => element.getClientRects().length > 0;

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.defaultPrevented || event.target.closest(TYPED)) return;
  if (!keysAreOn()) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const box = [...document.querySelectorAll("search [name=q]")].findLast(isThere);
  event.preventDefault();
  if (!box) {
    document.querySelector(".mast .find a")?.click();
    return;
  }
  box.focus();
  box.select();
});

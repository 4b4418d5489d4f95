// Where there is no margin, a tap on a passage opens and closes its note under the paragraph.
// Without the script, the number after the passage leads there.
const hasMargin = (essay) => getComputedStyle(essay).gridTemplateColumns.includes(" ");

const noteOf = (essay, mark) =>
  essay.querySelector(`.note[data-claim="${CSS.escape(mark.dataset.claim)}"]`);

document.addEventListener("click", (event) => {
  const mark = event.target.closest?.(".essay .para [data-claim]");
  const essay = mark?.closest(".essay");
  if (!essay || hasMargin(essay) || event.target.closest(".sn") || String(getSelection())) return;
  const link = event.target.closest("a");
  const note = noteOf(essay, mark);
  if (!note || (link && !link.classList.contains("ref"))) return;
  event.preventDefault();
  const isOpen = note.classList.toggle("open");
  const sign = `.ref[data-claim="${CSS.escape(mark.dataset.claim)}"]`;
  essay.querySelector(sign)?.setAttribute("aria-expanded", String(isOpen));
});

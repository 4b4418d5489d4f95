// A passage, its note and its entry in the rail light up together.
const light = (on) => (event) => {
  const number = event.target.closest?.("[data-claim]")?.dataset.claim;
  if (!number) return;
  for (const part of document.querySelectorAll(`[data-claim="${CSS.escape(number)}"]`)) {
    part.classList.toggle("lit", on);
  }
};

document.addEventListener("pointerover", light(true));
document.addEventListener("focusin", light(true));
document.addEventListener("pointerout", light(false));
document.addEventListener("focusout", light(false));
